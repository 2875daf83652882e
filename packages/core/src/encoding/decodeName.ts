/**
 * From the name that a provider stores back to the name that people see.
 */
import { dotNames } from "./encodeName.ts"
import { encodingFlags } from "./mask.ts"
import { replacedClass, replacementOf } from "./replacements.ts"
import { quote } from "./segment.ts"
import { canonicalText, escapeByte } from "./surrogateEscape.ts"

const special = new RegExp(`${quote}(?:${quote}|[0-9A-Fa-f]{2})|${quote}?[${replacedClass}]`, "g")

const wholeNames: ReadonlyMap<string, string> = new Map([...dotNames].map(([name, stored]) => [stored, name]))

const byteOf = (hex: string): string => {
  const byte = parseInt(hex, 16)
  return byte < 0x80 ? String.fromCharCode(byte) : escapeByte(byte)
}

/** A token of `special`: a doubled quote, a byte, or a replacement with or without a quote. */
const decodeToken = (token: string, mask: number): string => {
  if (token.length === 3) return (mask & encodingFlags.InvalidUtf8.value) === 0 ? token : byteOf(token.slice(1))
  const char = token.at(-1)!
  if (char === quote) return quote
  const found = replacementOf(char, mask, "anywhere")
  return found === undefined ? token : token.length === 2 ? char : found.plain
}

/** The replacement that a name starts with, decoded, and how long it is stored. */
const decodeFirst = (stored: string, mask: number): readonly [decoded: string, length: number] => {
  const quoted = stored[0] === quote
  const char = stored[quoted ? 1 : 0]
  const found = replacementOf(char, mask, "first")
  if (found === undefined || char !== found.replaced) return ["", 0]
  return quoted ? [char, 2] : [found.plain, 1]
}

/**
 * The same for the end. The replacement is quoted after an odd number of `‛`: an even number is literal ones, doubled.
 * (rclone looks at one only and so misreads its own `‛‛␠`, which stands for a `‛` and a space.)
 */
const decodeLast = (stored: string, mask: number): readonly [decoded: string, length: number] => {
  const char = stored.at(-1)
  const found = replacementOf(char, mask, "last")
  if (found === undefined || char !== found.replaced) return ["", 0]
  const quotes = stored.length - 1 - stored.slice(0, -1).replace(/\u201b+$/, "").length
  return quotes % 2 === 1 ? [char, 2] : [found.plain, 1]
}

/** The surrogate-escaped name that a stored name stands for; every text has one. */
export const decodeName = (stored: string, mask: number): string => {
  if (mask === encodingFlags.Raw.value) return stored
  const whole = (mask & encodingFlags.Dot.value) === 0 ? undefined : wholeNames.get(stored)
  if (whole !== undefined) return whole
  const [first, start] = decodeFirst(stored, mask)
  const rest = stored.slice(start)
  const [last, end] = decodeLast(rest, mask)
  const body = rest.slice(0, rest.length - end)
  return canonicalText(first + body.replace(special, (token) => decodeToken(token, mask)) + last)
}
