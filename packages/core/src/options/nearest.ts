/**
 * What a user probably meant.
 */
import { closest, distance } from "fastest-levenshtein"

/** The known text that an unknown one probably means, in any case, if it is near enough to be a slip. */
export const nearest = (text: string, known: ReadonlyArray<string>): string | undefined => {
  if (known.length === 0) return undefined
  const lower = known.map((one) => one.toLowerCase())
  const candidate = closest(text.toLowerCase(), lower)
  return distance(text.toLowerCase(), candidate) <= Math.max(1, Math.floor(text.length / 3))
    ? known[lower.indexOf(candidate)]
    : undefined
}
