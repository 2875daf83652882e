/**
 * Options that are a moment in time.
 */
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { annotated, type OptionMarks, type OptionSchema } from "./annotation.ts"
import { decodedFromJson } from "./decodedFromJson.ts"

/** The zero time, which stands for unset. */
const zero = "0001-01-01T00:00:00Z"
const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/

/** Milliseconds since 1970; `null` for the zero time; undefined if it is not a time (RFC 3339). */
export const parseTime = (value: string | number): number | null | undefined => {
  if (value === zero) return null
  if (typeof value === "number" || !rfc3339.test(value)) return undefined
  return Option.getOrUndefined(Option.map(DateTime.make(value), DateTime.toEpochMillis))
}

const formatTime = (value: number | null): string =>
  value === null ? zero : DateTime.formatIso(DateTime.makeUnsafe(value))

/** A moment in milliseconds since 1970, or null if unset. */
export const time = (marks: OptionMarks<number | null>): OptionSchema<number | null> =>
  annotated<number | null>(
    decodedFromJson(Schema.NullOr(Schema.Finite), parseTime, formatTime),
    {
      kind: "time",
      secret: false,
      default: zero,
      expects: "a time such as 2026-01-31T12:00:00Z",
      jsonSchema: { type: "string", format: "date-time" }
    },
    marks
  )
