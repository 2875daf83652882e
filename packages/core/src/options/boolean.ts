/**
 * Options that are on or off.
 */
import * as Schema from "effect/Schema"
import { annotated, type OptionMarks, type OptionSchema } from "./annotation.ts"

/** The marks of such an option; off by default. */
export interface BooleanMarks extends OptionMarks<boolean> {
  readonly default?: boolean
}

/** `true` or `false`, as JSON booleans only. */
export const boolean = ({ default: initial = false, ...marks }: BooleanMarks): OptionSchema<boolean> =>
  annotated(
    Schema.Boolean,
    { kind: "boolean", secret: false, default: initial, expects: "true or false", jsonSchema: { type: "boolean" } },
    marks
  )
