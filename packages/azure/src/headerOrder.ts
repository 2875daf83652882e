/**
 * The order in which Azure Storage signs headers: that of .NET for American English, where a hyphen counts only between
 * names that are equal without it, and an underscore comes before digits and letters.
 */

/** Characters of names of headers that Azure Storage takes, hyphens apart: metadata is named as variables are in C#. */
const order = "_0123456789abcdefghijklmnopqrstuvwxyz"

const weights = (name: string): ReadonlyArray<number> =>
  [...name.replaceAll("-", "")].map((character) => order.indexOf(character))

const compareWeights = (left: ReadonlyArray<number>, right: ReadonlyArray<number>): number => {
  for (let index = 0; index < left.length && index < right.length; index += 1) {
    const difference = (left[index] as number) - (right[index] as number)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** Of names that differ in hyphens only, the one whose hyphen comes later is first. */
const compareHyphens = (left: string, right: string): number => {
  for (let index = 0; index < left.length && index < right.length; index += 1) {
    if (left[index] === right[index]) continue
    return left[index] === "-" ? 1 : -1
  }
  return left.length - right.length
}

/** Compares two names in lower case: negative if the first is signed before the second. */
export const compareHeaderNames = (left: string, right: string): number =>
  compareWeights(weights(left), weights(right)) || compareHyphens(left, right)
