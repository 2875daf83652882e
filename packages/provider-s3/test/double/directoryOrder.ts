/**
 * The order of listings of directory buckets, which is none that anybody knows: here by the digests of the names.
 */
import { createHash } from "node:crypto"

const digestsOf = (key: string): ReadonlyArray<string> =>
  key.split(/(?<=\/)/).map((segment) => createHash("md5").update(segment).digest("hex"))

/** Keys below one prefix stand together, as a page with a delimiter wants it. */
export const compareInDirectory = (left: string, right: string): number => {
  const [one, other] = [digestsOf(left), digestsOf(right)]
  const at = one.findIndex((digest, index) => digest !== other[index])
  if (at < 0) return one.length - other.length
  return (one[at] ?? "") < (other[at] ?? "") ? -1 : 1
}
