/**
 * Options that are text, and secrets, which are text that cannot be shown.
 */
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { annotated, type OptionMarks, type OptionSchema } from "./annotation.ts"

/** The marks of such an option; empty by default. */
export interface TextMarks extends OptionMarks<string> {
  readonly default?: string
  /** Examples of valid values; any other text is valid too. */
  readonly suggestions?: ReadonlyArray<string>
}

/** Any text. */
export const text = (marks: TextMarks): OptionSchema<string> => {
  const { default: initial = "", suggestions, ...rest } = marks
  return annotated(
    Schema.String,
    {
      kind: "text",
      secret: false,
      default: initial,
      expects: "a text",
      jsonSchema: { type: "string", ...(suggestions && { examples: suggestions }) },
      ...(suggestions && { values: suggestions })
    },
    rest
  )
}

/** The marks of a secret; it has no default. */
export type SecretMarks = OptionMarks<Redacted.Redacted<string>>

/** A text that is redacted from here to the line that signs with it; it cannot be encoded, printed or logged. */
export const secret = (label: string, marks: SecretMarks): OptionSchema<Redacted.Redacted<string>> =>
  annotated(
    Schema.RedactedFromValue(Schema.String, { label, disallowEncode: true }),
    {
      kind: "secret",
      secret: true,
      default: "",
      expects: "a text",
      jsonSchema: { type: "string", format: "password", writeOnly: true }
    },
    marks
  )
