/**
 * The flag that every command has.
 */
import * as Flag from "effect/cli/Flag"

/** One line of JSON for each thing that is printed. */
export const json = Flag.Boolean("json").pipe(
  Flag.withDescription("Print JSON, one value per line"),
  Flag.withDefault(false)
)
