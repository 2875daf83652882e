/**
 * Segments of paths to stored names and back, by a mask.
 */
import { decodeName } from "./decodeName.ts"
import { encodeName } from "./encodeName.ts"
import { encodingFlags } from "./mask.ts"
import { nameFromSegment, segmentFromName } from "./segment.ts"

export interface NameCodec {
  /**
   * The stored name of a segment. It is surrogate-escaped text: with a mask without InvalidUtf8 it may hold lone
   * surrogates, so what goes on the wire is `bytesFromText` of it.
   */
  readonly encode: (segment: string) => string
  /**
   * The segment that a stored name (surrogate-escaped text) stands for, or undefined if none does: encoding what it
   * seems to stand for gives another name, so it cannot be reached and must not be shown under that one's path.
   */
  readonly decode: (stored: string) => string | undefined
}

/**
 * The Slash flag is dropped: a segment never holds a slash, since paths are split before. So U+FF0F stands for itself in
 * both directions; with the flag a stored U+FF0F would turn into a slash and name another object. The Raw flag means
 * something only as the whole mask, so that dropping Slash must not leave it alone.
 */
const ofSegments = (mask: number): number => {
  const { Raw, Slash } = encodingFlags
  return mask === Raw.value ? mask : mask & ~(Raw.value | Slash.value)
}

const make = (mask: number): NameCodec => {
  const bits = ofSegments(mask)
  const encode = (segment: string): string => encodeName(nameFromSegment(segment), bits)
  const decode = (stored: string): string | undefined => {
    const segment = segmentFromName(decodeName(stored, bits))
    return segment.isWellFormed() && encode(segment) === stored ? segment : undefined
  }
  return { encode, decode }
}

export const NameCodec = { make }
