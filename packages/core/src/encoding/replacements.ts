/**
 * What each character becomes and which flags ask for it, derived once from the table of flags.
 *
 * A control character becomes its picture (U+2400 and on, U+2421 for DEL, U+2420 for the space), any other the same
 * character in full width (U+FEE0 further on).
 */
import { encodingFlags, type EncodingFlag } from "./mask.ts"

/** A character that a mask may replace, and what by. */
export interface Replacement {
  readonly plain: string
  readonly replaced: string
  /** The flags of which any one replaces it, by place in the name. */
  readonly flags: { readonly anywhere: number; readonly first: number; readonly last: number }
}

/** Where in a name a flag looks. */
export type Place = keyof Replacement["flags"]

/** A bit that no mask holds and every use adds: NUL is replaced by every mask but Raw. */
const always = 0x20000000

const replacedBy = (plain: string): string => {
  const code = plain.charCodeAt(0)
  return String.fromCharCode(code === 0x7f ? 0x2421 : code <= 0x20 ? code + 0x2400 : code + 0xfee0)
}

/** By plain character and by replacement. */
const replacements = new Map<string, Replacement>()

const add = (plain: string, place: Place, flag: number): void => {
  const replaced = replacedBy(plain)
  const flags = replacements.get(plain)?.flags ?? { anywhere: 0, first: 0, last: 0 }
  const replacement = { plain, replaced, flags: { ...flags, [place]: flags[place] | flag } }
  replacements.set(plain, replacement).set(replaced, replacement)
}

add("\0", "anywhere", always)
for (const { characters = "", only, value } of Object.values<EncodingFlag>(encodingFlags)) {
  for (const plain of characters) add(plain, only ?? "anywhere", value)
}

/** What a mask says of a character, plain or replaced, at a place; undefined if it says nothing. */
export const replacementOf = (char: string | undefined, mask: number, place: Place): Replacement | undefined => {
  const found = char === undefined ? undefined : replacements.get(char)
  return found !== undefined && (found.flags[place] & (mask | always)) !== 0 ? found : undefined
}

/** The inside of a character class of all that any mask replaces anywhere in a name, and of the replacements. */
const classOf = (side: "plain" | "replaced"): string =>
  [...new Set(replacements.values())]
    .filter(({ flags }) => flags.anywhere !== 0)
    .map((replacement) => `\\u${replacement[side].charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("")

/** The inside of a character class of what is replaced anywhere in a name. */
export const plainClass: string = classOf("plain")
/** The same of what stands in its place. */
export const replacedClass: string = classOf("replaced")
