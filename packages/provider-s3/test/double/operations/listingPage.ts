/** One page of keys and common prefixes, as S3's listings cut it. */
import { compareKeys } from "../objects.ts"

export interface ListingPage<Item> {
  readonly items: ReadonlyArray<Item>
  readonly prefixes: ReadonlyArray<string>
  /** The last key or common prefix of the page when more follows. */
  readonly next: string | undefined
}

export interface ListingRequest {
  readonly prefix: string
  readonly delimiter: string
  /** Only what sorts after this: a key, or a common prefix whose keys are then all skipped. */
  readonly after: string
  readonly limit: number
  /** The order that the items are in; that of S3 if absent. */
  readonly compare?: (left: string, right: string) => number
}

/** Items must be in order. A common prefix counts once, at its first key, and only when it sorts after `after`. */
export const listingPage = <Item extends { readonly key: string }>(
  sorted: Iterable<Item>,
  { prefix, delimiter, after, limit, compare = compareKeys }: ListingRequest
): ListingPage<Item> => {
  const items: Array<Item> = []
  const prefixes: Array<string> = []
  let last = ""
  for (const item of sorted) {
    if (!item.key.startsWith(prefix)) continue
    const cut = delimiter === "" ? -1 : item.key.indexOf(delimiter, prefix.length)
    const name = cut < 0 ? item.key : item.key.slice(0, cut + delimiter.length)
    if ((after !== "" && compare(name, after) <= 0) || (cut >= 0 && name === prefixes.at(-1))) continue
    if (items.length + prefixes.length >= limit) return { items, prefixes, next: limit === 0 ? undefined : last }
    if (cut < 0) items.push(item)
    else prefixes.push(name)
    last = name
  }
  return { items, prefixes, next: undefined }
}
