/**
 * Whether all that differs is allowed. Pure.
 */
import type { Difference } from "./differences.ts"

/** A difference that may be, and why. */
export interface Allowed extends Difference {
  readonly reason: string
  /** A page, a line of the vendor's client, or the file of ours that decides it. */
  readonly source: string
}

/** A difference in one line, by which entries are found. */
export const lineOf = ({ operation, aspect, name, theirs, ours }: Difference): string =>
  `${operation}: ${aspect}${name === "" ? "" : ` ${name}`}: theirs ${theirs}, ours ${ours}`

/** The differences that are not allowed, and the entries that match none; a pair of empty lists is a pass. */
export const verdictOf = (differences: ReadonlyArray<Difference>, allowed: ReadonlyArray<Allowed>) => {
  const [found, listed] = [differences, allowed].map((all) => new Set(all.map(lineOf))) as [Set<string>, Set<string>]
  return {
    unlisted: [...found].filter((line) => !listed.has(line)).toSorted(),
    stale: [...listed].filter((line) => !found.has(line)).toSorted()
  }
}
