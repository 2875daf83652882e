/**
 * A segment of a path is well-formed text that stands for bytes: a byte that is not valid UTF-8 is written `‛XX` (U+201B
 * and two upper-case hex digits) and a literal `‛` is doubled. rclone shows such names in the same way.
 *
 * The other form here is the name: the raw text of the bytes, surrogate-escaped.
 */
import { canonicalText, escapeByte } from "./surrogateEscape.ts"

/** U+201B, which says that what follows is not to be taken literally, or is, where it would not be. */
export const quote = "\u201b"

/** `‛XX` for the lone surrogate that stands for a byte. */
export const writeByte = (escaped: string): string =>
  quote + (escaped.charCodeAt(0) - 0xdc00).toString(16).toUpperCase()

/** The segment of a surrogate-escaped name. */
export const segmentFromName = (name: string): string =>
  name.replace(/[\u201b\udc80-\udcff]/gu, (char) => (char === quote ? quote + quote : writeByte(char)))

/**
 * The surrogate-escaped name of a segment; every text has one. A `‛` with nothing after it that the other direction
 * writes stays as it is. So does `‛2F`: bytes below 0x80 are valid UTF-8, and a segment never turns into a slash.
 */
export const nameFromSegment = (segment: string): string =>
  segment.includes(quote)
    ? canonicalText(
        segment.replace(/\u201b(\u201b|[89A-F][0-9A-F])/g, (_, next: string) =>
          next === quote ? quote : escapeByte(parseInt(next, 16))
        )
      )
    : segment
