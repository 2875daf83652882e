/** The header Content-Range of a chunk. */
import { invalidChunk } from "../Refusal.ts"

export interface ContentRange {
  /** Undefined in a question for what has come, where a star stands for the range. */
  readonly start: number | undefined
  /** Inclusive; undefined where a star stands for it. */
  readonly end: number | undefined
  /** Undefined where it is not known yet. */
  readonly total: number | undefined
}

const malformed = () => invalidChunk("Failed to parse Content-Range header.")

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined || text === "*" ? undefined : Number(text)

/** Without the header the body is the whole object. */
export const readContentRange = (value: string | undefined, length: number): ContentRange => {
  if (value === undefined) return { start: 0, end: length - 1, total: length }
  const [match, start, end, total] = /^bytes (?:(\d+)-(\d+|\*)|\*)\/(\d+|\*)$/.exec(value) ?? []
  if (match === undefined) throw malformed()
  const range = { start: numberOf(start), end: numberOf(end), total: numberOf(total) }
  const told = range.end ?? (range.start ?? 0) + length - 1
  if (range.start === undefined ? length > 0 : told - range.start + 1 !== length) throw malformed()
  if (range.start !== undefined && range.total !== undefined && told >= range.total) throw malformed()
  return range
}
