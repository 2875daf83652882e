/**
 * From the name that people see to the name that a provider stores, as rclone's encoder writes it.
 *
 * What the mask names is replaced by a character that looks alike; what looks like a replacement already is quoted with
 * a `‛` before it, so that `decodeName` can tell the two apart.
 */
import { encodingFlags } from "./mask.ts"
import { plainClass, replacedClass, replacementOf, type Place } from "./replacements.ts"
import { quote, writeByte } from "./segment.ts"

const special = new RegExp(`[${quote}${plainClass}${replacedClass}\\udc80-\\udcff]`, "gu")

/** What the Dot flag makes of whole names. */
export const dotNames: ReadonlyMap<string, string> = new Map([
  [".", "．"],
  ["..", "．．"],
  ["．", "‛．"],
  ["．．", "‛．‛．"]
])

/** The replaced or quoted character, or undefined if the mask has nothing to say of it at this place. */
const encoded = (char: string | undefined, mask: number, place: Place): string | undefined => {
  const found = replacementOf(char, mask, place)
  return found && (char === found.plain ? found.replaced : quote + char)
}

const encodeChar = (char: string, mask: number): string => {
  if (char === quote) return quote + quote
  if (char >= "\udc80" && char <= "\udcff")
    return (mask & encodingFlags.InvalidUtf8.value) === 0 ? char : writeByte(char)
  return encoded(char, mask, "anywhere") ?? char
}

/**
 * The stored form of a surrogate-escaped name. It holds lone surrogates only where the mask is without InvalidUtf8.
 *
 * One stored form stands for two names where Dot meets one of LeftPeriod (`.．`) and RightPeriod (`．.`) without the
 * other: the name is stored as `．．`, as `..` is. rclone has it so, and `decodeName` gives `..`.
 */
export const encodeName = (name: string, mask: number): string => {
  if (mask === encodingFlags.Raw.value) return name
  const whole = (mask & encodingFlags.Dot.value) === 0 ? undefined : dotNames.get(name)
  if (whole !== undefined) return whole
  const first = encoded(name[0], mask, "first")
  const rest = first === undefined ? name : name.slice(1)
  const last = encoded(rest.at(-1), mask, "last")
  const body = last === undefined ? rest : rest.slice(0, -1)
  return (first ?? "") + body.replace(special, (char) => encodeChar(char, mask)) + (last ?? "")
}
