/**
 * Sets of byte ranges: sorted, apart from each other, each from a start to before an end. Pure.
 */

/** A range of bytes from `start` to before `end`. */
export type Extent = readonly [start: number, end: number]

/** Ranges in order, none touching the next. */
export type Extents = ReadonlyArray<Extent>

/** The set with one more range. What is appended at the end costs nothing. */
export const add = (extents: Extents, start: number, end: number): Extents => {
  if (start >= end) return extents
  const last = extents.at(-1)
  if (last === undefined || start > last[1]) return [...extents, [start, end]]
  if (start >= last[0]) return [...extents.slice(0, -1), [last[0], Math.max(last[1], end)]]
  const before = extents.filter((extent) => extent[1] < start)
  const after = extents.filter((extent) => extent[0] > end)
  const joined = extents.slice(before.length, extents.length - after.length)
  return [...before, [Math.min(start, joined[0]?.[0] ?? start), Math.max(end, joined.at(-1)?.[1] ?? end)], ...after]
}

/** The set without what is behind `end`. */
export const cut = (extents: Extents, end: number): Extents =>
  extents.filter(([start]) => start < end).map(([start, stop]) => [start, Math.min(stop, end)])

/** The ranges between `start` and `end` that are not in the set. */
export const gaps = (extents: Extents, start: number, end: number): Extents => {
  const missing: Array<Extent> = []
  let at = start
  for (const [from, to] of extents) {
    if (to <= at) continue
    if (from >= end) break
    if (from > at) missing.push([at, from])
    at = to
  }
  if (at < end) missing.push([at, end])
  return missing
}
