/**
 * How requests are read before they are compared: what is another value in each run becomes the name of its class, and
 * bodies become named fields.
 */
import type { SentRequest } from "./Transcript.ts"

/** Where a value is: a segment of the path has no name, a field is of the body. */
export type ValueKind = "header" | "parameter" | "segment" | "field"

/**
 * What a value is where it is another in each run: its kind, its name, what it must look like, and what is compared
 * instead. Empty is the name of every segment; a field of a list is named without its index, as `parts.id`.
 */
export type ValueClass = readonly [kind: ValueKind, name: string, pattern: RegExp, label: string]

/** How the requests of one provider are read. */
export interface Reading {
  /** The first class that fits a value is taken; all other values are compared as they are. */
  readonly classes: ReadonlyArray<ValueClass>
  /** The fields of a request's body by name, as `jsonFields` reads them; bodies are not compared if absent. */
  readonly fields?: (request: SentRequest) => Readonly<Record<string, string>>
}

type Named = Readonly<Record<string, string>>

/** A request as it is compared. */
export interface ReadRequest {
  readonly operation: string
  readonly method: string
  readonly path: string
  readonly parameters: Named
  readonly headers: Named
  readonly fields: Named
}

const splitAt = (text: string, separator: string): readonly [string, string] => {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)]
}

const withoutIndexes = (name: string): string => name.replace(/\.\d+(?=\.|$)/g, "")

/** Reads a request. */
export const readRequest = ({ classes, fields = () => ({}) }: Reading, request: SentRequest): ReadRequest => {
  const classOf = (kind: ValueKind, name: string, value: string): string =>
    classes.find(([of, known, pattern]) => of === kind && known === name && pattern.test(value))?.[3] ?? value
  const named = (kind: ValueKind, entries: ReadonlyArray<readonly [string, string]>): Named =>
    Object.fromEntries(
      entries.map(([name, value]) => [name, classOf(kind, kind === "field" ? withoutIndexes(name) : name, value)])
    )
  const [path, query] = splitAt(request.path, "?")
  const parameters = query
    .split("&")
    .filter((part) => part !== "")
    .map((part) => splitAt(part, "="))
  return {
    operation: request.operation,
    method: request.method,
    path: path
      .split("/")
      .map((segment) => classOf("segment", "", segment))
      .join("/"),
    parameters: named("parameter", parameters),
    headers: named("header", Object.entries(request.headers)),
    fields: named("field", Object.entries(fields(request)))
  }
}
