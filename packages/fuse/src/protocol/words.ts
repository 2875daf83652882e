/**
 * 64 bits as two words, low before high. Numbers are exact up to 2^53, which no size, time or count here exceeds; BigInt
 * would cost an allocation each.
 */

const high = 0x1_0000_0000

/** The unsigned number at a word. */
export const getUint64 = (words: Uint32Array, at: number): number => words[at]! + words[at + 1]! * high

/** The signed number at a word: times before 1970. */
export const getInt64 = (words: Uint32Array, at: number): number => words[at]! + (words[at + 1]! | 0) * high

/** Writes a number; a negative one as its complement. */
export const setUint64 = (words: Uint32Array, at: number, value: number): void => {
  words[at] = value
  words[at + 1] = Math.floor(value / high)
}
