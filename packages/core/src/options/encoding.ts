/**
 * Options that say which characters of names a provider replaces.
 */
import * as Schema from "effect/Schema"
import { maskFromText } from "../encoding/mask.ts"
import { annotated, type OptionMarks, type OptionSchema } from "./annotation.ts"
import { decodedFromJson } from "./decodedFromJson.ts"

/** The marks of such an option. */
export interface EncodingMarks extends OptionMarks<number> {
  /** The mask as a decimal number in a string. */
  readonly default: string
}

/** A mask of `encoding/mask.ts`: a number, or names separated by commas. */
export const encoding = ({ default: initial, ...marks }: EncodingMarks): OptionSchema<number> =>
  annotated(
    decodedFromJson(Schema.Int, (value) => maskFromText(String(value)), String),
    {
      kind: "encoding",
      secret: false,
      default: initial,
      expects: "a mask of characters: a number, or names such as Slash,InvalidUtf8,Dot",
      jsonSchema: { type: ["string", "integer"] }
    },
    marks
  )
