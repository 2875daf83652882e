/**
 * From a JSON body to a typed config: the one place where what a user wrote is checked, each option on its own, so
 * that every problem is reported at once.
 */
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { annotationOf } from "./annotation.ts"
import { nearest } from "./nearest.ts"

/** One problem with what the user wrote. Never holds a value. */
export interface Issue {
  /** JSON pointer (RFC 6901) as a fragment: `#/endpoint`; `#` is the body itself. */
  readonly pointer: string
  readonly code:
    | "invalid_body"
    | "unknown_field"
    | "invalid_value"
    | "missing_field"
    | "conflicting_fields"
    | "unsupported"
  readonly detail: string
  readonly suggestion?: string
}

/** The pointer to an option. */
export const pointerTo = (name: string): string => `#/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`

/** What was decoded: options that are not valid have their default here and an issue beside it. */
export interface Decoded<Config> {
  readonly config: Config
  /** The options that the user wrote, valid or not. */
  readonly given: ReadonlySet<string>
  readonly issues: ReadonlyArray<Issue>
}

const unknownField = (name: string, known: ReadonlyArray<string>): Issue => {
  const suggestion = nearest(name, known)
  return {
    pointer: pointerTo(name),
    code: "unknown_field",
    detail: "there is no such option",
    ...(suggestion !== undefined && { suggestion })
  }
}

/** Decodes an untrusted body by the fields of a config schema. */
export const decodeOptions = <Fields extends Schema.Struct.Fields>(
  fields: Fields,
  raw: unknown
): Result.Result<Decoded<Schema.Struct<Fields>["Type"]>, ReadonlyArray<Issue>> => {
  if (!Predicate.isObject(raw) || Array.isArray(raw)) {
    return Result.fail([{ pointer: "#", code: "invalid_body", detail: "the body must be a JSON object of options" }])
  }
  const names = Object.keys(fields)
  const given = new Map<string, unknown>(Object.entries(raw))
  const issues: Array<Issue> = [...given.keys()]
    .filter((name) => !names.includes(name))
    .map((name) => unknownField(name, names))
  const config: Record<string, unknown> = {}
  for (const name of names) {
    const schema = fields[name] as Schema.Codec<unknown, unknown>
    const annotation = annotationOf(schema)
    const decode = Schema.decodeUnknownResult(schema)
    const decoded = decode(given.has(name) ? given.get(name) : annotation.default)
    if (Result.isFailure(decoded)) {
      issues.push({ pointer: pointerTo(name), code: "invalid_value", detail: `must be ${annotation.expects}` })
    }
    config[name] = Result.getOrElse(decoded, () => Result.getOrThrow(decode(annotation.default)))
  }
  return Result.succeed({ config: config as Schema.Struct<Fields>["Type"], given: new Set(given.keys()), issues })
}

/**
 * A JSON value from the text of a flag: integers and booleans have only their JSON type in a body. Text that is not of
 * the kind is left as it is and refused by `decodeOptions`.
 */
export const valueFromText = (kind: string, jsonType: unknown, text: string): string | number | boolean => {
  if (kind === "boolean" && (text === "true" || text === "false")) return text === "true"
  if ((kind === "integer" || jsonType === "integer") && /^-?\d+$/.test(text)) return Number(text)
  return text
}
