/**
 * How a file is being read, and how far it pays to read ahead. Pure.
 */
import type { Fetch } from "./Fetch.ts"

/** The state of one reader. */
export interface ReadWindow {
  /** Where a sequential reader goes on. */
  next: number
  /** Bytes to read ahead; 0 while the reader jumps. */
  ahead: number
  /** Up to where blocks were asked for. */
  asked: number
  /** Requests that were begun for this reader. */
  readonly fetches: Set<Fetch>
}

/** A reader that has read nothing. */
export const makeWindow = (): ReadWindow => ({ next: 0, ahead: 0, asked: 0, fetches: new Set() })

/** The read-ahead of a reader that begins. */
const first = 1024 * 1024

/** Who begins with less may be after the header only. */
const atOnce = 128 * 1024

/** A kernel sends the pieces of one reader out of order: what is this near is no jump. */
const slack = 512 * 1024

/** Takes note of a read. Answers whether it is sequential; if it is not, the reading ahead begins anew. */
export const advance = (window: ReadWindow, offset: number, size: number, most: number): boolean => {
  const sequential = Math.abs(offset - window.next) <= slack
  if (!sequential) {
    window.ahead = 0
    window.asked = 0
    window.next = offset + size
    return false
  }
  const end = offset + size
  if (end > window.next) {
    const begins = window.next === 0 && size < atOnce
    if (!begins) window.ahead = Math.min(most, window.ahead === 0 ? first : window.ahead + 2 * size)
    window.next = end
  }
  return true
}
