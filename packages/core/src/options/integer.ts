/**
 * Options that are whole numbers.
 */
import * as Schema from "effect/Schema"
import { annotated, type OptionMarks, type OptionSchema } from "./annotation.ts"

/** The marks of such an option; the bounds are valid values. */
export interface IntegerMarks extends OptionMarks<number> {
  readonly default: number
  readonly minimum?: number
  readonly maximum?: number
}

/** A whole number within bounds, by default those of a signed 32-bit integer from 0. */
export const integer = ({
  default: initial,
  minimum = 0,
  maximum = 2 ** 31 - 1,
  ...marks
}: IntegerMarks): OptionSchema<number> =>
  annotated(
    Schema.Int.check(Schema.isBetween({ minimum, maximum })),
    {
      kind: "integer",
      secret: false,
      default: initial,
      expects: `a whole number from ${minimum} to ${maximum}`,
      jsonSchema: { type: "integer", minimum, maximum }
    },
    marks
  )
