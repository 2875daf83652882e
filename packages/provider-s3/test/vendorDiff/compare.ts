/**
 * What two clients that do the same work send differently, and whether all of it is allowed. Pure.
 */
import { classOf } from "./classes.ts"

/** One request, as the double logged it. */
export interface SentRequest {
  readonly operation: string
  readonly method: string
  /** The raw request target. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** All that one client sent for a work, in order, and how the work ended. */
export interface Transcript {
  readonly requests: ReadonlyArray<SentRequest>
  readonly outcome: "success" | "failure"
}

/** Where a difference can be. */
export type Aspect = "method" | "path" | "parameter" | "header" | "order" | "number" | "retries" | "outcome"

/** One thing that differs, in what the vendor's client and ours have. */
export interface Difference {
  /** Of the request; for an order, retries and an outcome the title of the work, which begins with its operation. */
  readonly operation: string
  readonly aspect: Aspect
  /** Of the parameter or header, or the failure that was repeated; empty for the other aspects. */
  readonly name: string
  readonly theirs: string
  readonly ours: string
}

/** A difference that may be, and why. */
export interface Allowed extends Difference {
  readonly reason: string
  /** A page, a line of the vendor's client, or the file of ours that decides it. */
  readonly source: string
}

const absent = "absent"

const sameOrAbsent = (
  theirs: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string>>
): ReadonlyArray<readonly [name: string, theirs: string, ours: string]> =>
  [...new Set([...Object.keys(theirs), ...Object.keys(ours)])]
    .map((name) => [name, theirs[name] ?? absent, ours[name] ?? absent] as const)
    .filter(([, left, right]) => left !== right)

const splitAt = (text: string, separator: string): readonly [string, string] => {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)]
}

const parametersOf = (path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    splitAt(path, "?")[1]
      .split("&")
      .filter((part) => part !== "")
      .map((part) => splitAt(part, "="))
      .map(([name, value]) => [name, classOf("parameter", name, value)])
  )

const headersOf = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, classOf("header", name, value)]))

const betweenRequests = (theirs: SentRequest, ours: SentRequest): ReadonlyArray<Difference> => {
  const { operation } = theirs
  const named = (aspect: Aspect, left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>) =>
    sameOrAbsent(left, right).map(([name, one, other]) => ({ operation, aspect, name, theirs: one, ours: other }))
  const nameless = (aspect: Aspect, one: string, other: string) =>
    one === other ? [] : [{ operation, aspect, name: "", theirs: one, ours: other }]
  return [
    ...nameless("method", theirs.method, ours.method),
    ...nameless("path", splitAt(theirs.path, "?")[0], splitAt(ours.path, "?")[0]),
    ...named("parameter", parametersOf(theirs.path), parametersOf(ours.path)),
    ...named("header", headersOf(theirs.headers), headersOf(ours.headers))
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
  { title, operation }: { readonly title: string; readonly operation: string },
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
        ...pairs.flatMap(([request, answer]) => betweenRequests(request, answer))
      ]
    })
  ]
}

/** A difference in one line, by which entries are found. */
export const lineOf = ({ operation, aspect, name, theirs, ours }: Difference): string =>
  `${operation}: ${aspect}${name === "" ? "" : ` ${name}`}: theirs ${theirs}, ours ${ours}`

/** The differences that are not allowed, and the entries that match none; a pair of empty lists is a pass. */
export const verdictOf = (differences: ReadonlyArray<Difference>, allowed: ReadonlyArray<Allowed>) => {
  const [found, listed] = [differences, allowed].map((all) => new Set(all.map(lineOf))) as [Set<string>, Set<string>]
  return {
    unlisted: [...found].filter((line) => !listed.has(line)).toSorted(),
    stale: [...listed].filter((line) => !found.has(line)).toSorted()
  }
}
