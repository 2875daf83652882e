/**
 * Ranges of bytes: which there are, and where one begins and ends in an object.
 */
import type { Range } from "./ObjectStore.ts"

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

/** Whether this is a range: whole numbers from 0 on, the end not before the start. */
export const isRange = (range: Range): boolean =>
  "suffix" in range
    ? isCount(range.suffix)
    : isCount(range.start) && (range.end === undefined || (isCount(range.end) && range.end >= range.start))

/**
 * The first byte of a range and the one after its last, in an object of so many bytes; undefined if it starts behind the
 * end, which from the first byte on nothing does. The range is one as `isRange` says.
 */
export const boundsOf = (range: Range, size: number): readonly [start: number, end: number] | undefined => {
  if ("suffix" in range) return [Math.max(0, size - range.suffix), size]
  if (range.start > 0 && range.start >= size) return undefined
  return [range.start, range.end === undefined ? size : Math.min(size, range.end + 1)]
}
