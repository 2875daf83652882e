/** One page of objects and prefixes, as the service cuts it. */
import { compareNames } from "../objects.ts"

export interface ListingPage<Item> {
  readonly items: ReadonlyArray<Item>
  readonly prefixes: ReadonlyArray<string>
  /** Where the page ended when more follows: a name with its generation, or a prefix. */
  readonly next: string | undefined
}

export interface ListingRequest {
  readonly prefix: string
  readonly delimiter: string
  /** Names from this one on. */
  readonly startOffset: string
  /** Names before this one; "" for no end. */
  readonly endOffset: string
  /** Whether an object whose name ends in its only delimiter is listed beside its prefix. */
  readonly trailing: boolean
  /** Where the page before ended. */
  readonly after: string | undefined
  readonly limit: number
}

interface Entry<Item> {
  /** Sorts as the listing does, and tells entries apart. */
  readonly mark: string
  readonly item?: Item
  readonly prefix?: string
}

/** Items must be in order: by name, then by generation. A prefix counts once, where it first comes. */
const entriesOf = <Item extends { readonly name: string; readonly generation: string }>(
  sorted: Iterable<Item>,
  { prefix, delimiter, startOffset, endOffset, trailing }: ListingRequest
): ReadonlyArray<Entry<Item>> => {
  const entries: Array<Entry<Item>> = []
  let last: string | undefined
  for (const item of sorted) {
    const { name } = item
    if (!name.startsWith(prefix) || compareNames(name, startOffset) < 0) continue
    if (endOffset !== "" && compareNames(name, endOffset) >= 0) continue
    const cut = delimiter === "" ? -1 : name.indexOf(delimiter, prefix.length)
    const group = cut < 0 ? undefined : name.slice(0, cut + delimiter.length)
    if (group !== undefined && group !== last) entries.push({ mark: `${group}\0`, prefix: group })
    if (group === undefined || (trailing && group === name))
      entries.push({ mark: `${name}\0${item.generation.padStart(20, "0")}`, item })
    last = group ?? last
  }
  return entries
}

export const listingPage = <Item extends { readonly name: string; readonly generation: string }>(
  sorted: Iterable<Item>,
  request: ListingRequest
): ListingPage<Item> => {
  const { after, limit } = request
  const left = entriesOf(sorted, request).filter(({ mark }) => after === undefined || compareNames(mark, after) > 0)
  const page = left.slice(0, limit)
  return {
    items: page.flatMap(({ item }) => (item === undefined ? [] : [item])),
    prefixes: page.flatMap(({ prefix }) => (prefix === undefined ? [] : [prefix])),
    next: left.length > limit ? page.at(-1)?.mark : undefined
  }
}
