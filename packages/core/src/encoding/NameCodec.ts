/**
 * Path segments to stored names and back, by a provider's mask.
 */
import { decodeName } from "./decodeName.ts"
import { encodeName } from "./encodeName.ts"
import { flags } from "./mask.ts"
import { nameFromSegment, segmentFromName } from "./segment.ts"

export interface NameCodec {
  /** The stored name of a segment; surrogate-escaped text where the mask lets invalid bytes through. */
  readonly encode: (segment: string) => string
  /** The segment of a stored name, or undefined if no segment is stored under it: then it is unaddressable. */
  readonly decode: (stored: string) => string | undefined
}

/** Letters, digits and marks that no rule touches in any position: most names of most stores. */
const plain = /^[A-Za-z0-9_][A-Za-z0-9_ .()=,@-]*[A-Za-z0-9_)]$|^[A-Za-z0-9_]$/

/**
 * The codec of a mask. A segment never holds a slash, so the Slash bit is left out and U+FF0F stays as it is in both
 * directions: that is the name under which rclone, whose local backend has that bit too, stores such a file.
 */
const make = (mask: number): NameCodec => {
  const used = mask & ~flags.Slash
  const encode = (segment: string) => (plain.test(segment) ? segment : encodeName(nameFromSegment(segment), used))
  return {
    encode,
    decode: (stored) => {
      if (plain.test(stored)) return stored
      const segment = segmentFromName(decodeName(stored, used))
      return encode(segment) === stored && !segment.includes("/") ? segment : undefined
    }
  }
}

export const NameCodec = { make }
