/**
 * Options that take one of a closed list of values.
 */
import * as Schema from "effect/Schema"
import { annotated, type OptionMarks, type OptionSchema } from "./annotation.ts"

/** The marks of such an option. */
export interface ChoiceMarks<A> extends OptionMarks<A> {
  readonly default: A
  readonly values: ReadonlyArray<A>
}

/** One of these values and no other. */
export const choice = <const A extends string | number>({
  default: initial,
  values,
  ...marks
}: ChoiceMarks<A>): OptionSchema<A> =>
  annotated<A>(
    Schema.Literals(values),
    {
      kind: "choice",
      secret: false,
      default: initial,
      expects: `one of ${values.map((value) => (value === "" ? '""' : String(value))).join(", ")}`,
      jsonSchema: { type: typeof initial === "number" ? "integer" : "string", enum: values },
      values
    },
    marks as OptionMarks<A>
  )
