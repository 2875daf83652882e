/**
 * Options that are on, off, or left to the preset.
 */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { annotated, type OptionMarks, type OptionSchema } from "./annotation.ts"

/** `undefined` is unset. */
export type Tristate = boolean | undefined

const decoded = Schema.UndefinedOr(Schema.Boolean)

const tristateFromJson = Schema.Union([Schema.Literals(["true", "false", "unset"]), Schema.Boolean]).pipe(
  Schema.decodeTo(
    decoded,
    SchemaTransformation.transform<Tristate, "true" | "false" | "unset" | boolean>({
      decode: (value) => (value === "unset" ? undefined : value === true || value === "true"),
      encode: (value) => (value === undefined ? "unset" : value ? "true" : "false")
    })
  )
)

/** `true`, `false` or `unset` as text, or a JSON boolean. */
export const tristate = (marks: OptionMarks<Tristate>): OptionSchema<Tristate> =>
  annotated<Tristate>(
    tristateFromJson,
    {
      kind: "tristate",
      secret: false,
      default: "unset",
      expects: "true, false or unset",
      jsonSchema: { enum: ["true", "false", "unset", true, false] },
      values: ["true", "false", "unset"]
    },
    marks
  )
