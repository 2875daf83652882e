/**
 * Sets of byte ranges: sorted, apart from each other, each from a start to before an end. Changed in place, since a file
 * may be written in a hundred thousand places.
 */

/** A range of bytes from `start` to before `end`. */
export type Extent = readonly [start: number, end: number]

/** Ranges in order, none touching the next. */
export type Extents = Array<Extent>

/** The index of the first range that ends at `offset` or behind it. */
const firstFrom = (extents: Extents, offset: number): number => {
  let low = 0
  let high = extents.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (extents[middle]![1] < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** Adds a range. */
export const add = (extents: Extents, start: number, end: number): void => {
  if (start >= end) return
  const first = firstFrom(extents, start)
  let from = start
  let to = end
  let next = first
  for (; next < extents.length && extents[next]![0] <= end; next += 1) {
    from = Math.min(from, extents[next]![0])
    to = Math.max(to, extents[next]![1])
  }
  extents.splice(first, next - first, [from, to])
}

/** Takes away what is behind `end`. */
export const cut = (extents: Extents, end: number): void => {
  const first = firstFrom(extents, end)
  const [start] = extents[first] ?? [end]
  extents.length = first
  if (start < end) extents.push([start, end])
}

/** The ranges between `start` and `end` that are not in the set. */
export const gaps = (extents: Extents, start: number, end: number): Extents => {
  const missing: Extents = []
  let at = start
  for (let index = firstFrom(extents, start); index < extents.length && at < end; index += 1) {
    const [from, to] = extents[index]!
    if (from > at) missing.push([at, Math.min(from, end)])
    at = Math.max(at, to)
  }
  if (at < end) missing.push([at, end])
  return missing
}
