/**
 * A path segment is well-formed text that stands for bytes: an invalid byte is written `‛XX` (U+201B and two upper-case
 * hex digits) and a literal `‛` is doubled.
 */
import { bytesFromText, escapeByte, escapedByte, textFromBytes } from "./surrogateEscape.ts"

const quote = "\u201b"
const isPlain = (text: string) => !text.includes(quote) && text.isWellFormed()

/** The segment of a surrogate-escaped name. */
export const segmentFromName = (name: string): string => {
  if (isPlain(name)) return name
  return Array.from(name, (character) => {
    if (character === quote) return quote + quote
    const byte = escapedByte(character.codePointAt(0) as number)
    return byte === undefined ? character : quote + byte.toString(16).toUpperCase()
  }).join("")
}

/** The name of a segment. A `‛` that neither another nor two hex digits follow stands for itself. */
export const nameFromSegment = (segment: string): string => {
  if (isPlain(segment)) return segment
  const unquoted = segment.replaceAll(/\u201b(\u201b|[89A-F][0-9A-F])/g, (_, what: string) =>
    what === quote ? quote : escapeByte(Number.parseInt(what, 16))
  )
  // Bytes that were written one by one may be valid UTF-8 together; one name has one form.
  return unquoted.isWellFormed() ? unquoted : textFromBytes(bytesFromText(unquoted))
}
