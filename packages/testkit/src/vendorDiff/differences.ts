/**
 * What two clients that do the same work send differently. Pure.
 */
import { readRequest, type Reading } from "./reading.ts"
import type { SentRequest, Transcript } from "./Transcript.ts"

/** What both clients are asked to do. */
export interface Work {
  /** Begins with the operation: `GetObject of a version`. */
  readonly title: string
  /** That which failures hit. */
  readonly operation: string
}

/** Where a difference can be. */
export type Aspect = "method" | "path" | "parameter" | "header" | "field" | "order" | "number" | "retries" | "outcome"

/** One thing that differs, in what the vendor's client and ours have. */
export interface Difference {
  /** Of the request; for an order, retries and an outcome the title of the work, which begins with its operation. */
  readonly operation: string
  readonly aspect: Aspect
  /** Of the parameter, header or field, or the failure that was repeated; empty for the other aspects. */
  readonly name: string
  readonly theirs: string
  readonly ours: string
}

const absent = "absent"

const sameOrAbsent = (
  theirs: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string>>
): ReadonlyArray<readonly [name: string, theirs: string, ours: string]> =>
  [...new Set([...Object.keys(theirs), ...Object.keys(ours)])]
    .map((name) => [name, theirs[name] ?? absent, ours[name] ?? absent] as const)
    .filter(([, left, right]) => left !== right)

const betweenRequests = (reading: Reading, theirs: SentRequest, ours: SentRequest): ReadonlyArray<Difference> => {
  const [left, right] = [readRequest(reading, theirs), readRequest(reading, ours)]
  const { operation } = left
  const named = (aspect: Aspect, one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) =>
    sameOrAbsent(one, other).map(([name, value, instead]) => ({
      operation,
      aspect,
      name,
      theirs: value,
      ours: instead
    }))
  const nameless = (aspect: Aspect, one: string, other: string) =>
    one === other ? [] : [{ operation, aspect, name: "", theirs: one, ours: other }]
  return [
    ...nameless("method", left.method, right.method),
    ...nameless("path", left.path, right.path),
    ...named("parameter", left.parameters, right.parameters),
    ...named("header", left.headers, right.headers),
    ...named("field", left.fields, right.fields)
  ]
}

const ofOperation = ({ requests }: Transcript, operation: string) =>
  requests.filter((request) => request.operation === operation)

/** The operations in order, repeats as one. */
const orderOf = ({ requests }: Transcript): string =>
  requests
    .map(({ operation }) => operation)
    .filter((operation, index, all) => operation !== all[index - 1])
    .join(", ")

/**
 * Every difference between two transcripts of a work; the n-th request of an operation is compared with the n-th. With
 * a `failure`, by which the work's operation was hit, numbers are those of retries.
 */
export const differencesOf = (
  reading: Reading,
  { title, operation }: Work,
  theirs: Transcript,
  ours: Transcript,
  failure?: string
): ReadonlyArray<Difference> => {
  const one = (aspect: Aspect, name: string, left: string, right: string, of = title) =>
    left === right ? [] : [{ operation: of, aspect, name, theirs: left, ours: right }]
  const operations = [...new Set(theirs.requests.map((request) => request.operation))]
  return [
    ...one("order", "", orderOf(theirs), orderOf(ours)),
    ...one("outcome", failure ?? "", theirs.outcome, ours.outcome),
    ...operations.flatMap((each) => {
      const [left, right] = [ofOperation(theirs, each), ofOperation(ours, each)]
      const pairs = left.flatMap((request, index) =>
        right[index] === undefined ? [] : [[request, right[index]] as const]
      )
      return [
        // What only one of them sends is said by the order.
        ...(right.length === 0
          ? []
          : failure !== undefined && each === operation
            ? one("retries", failure, String(left.length), String(right.length))
            : one("number", failure ?? "", String(left.length), String(right.length), each)),
        ...pairs.flatMap(([request, answer]) => betweenRequests(reading, request, answer))
      ]
    })
  ]
}
