/**
 * Mistakes of listings.
 */
import type { Entry } from "@mooring/core/ObjectInfo"
import type { ListOptions, ObjectStore, Page } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import * as Effect from "effect/Effect"
import type { Defect } from "./Defect.ts"

const pages =
  (change: (page: Page, directory: Path, options: ListOptions) => Page) =>
  (store: ObjectStore): ObjectStore => ({
    ...store,
    listPage: (directory, options = {}) =>
      Effect.map(store.listPage(directory, options), (page) => change(page, directory, options))
  })

const lostPage = (store: ObjectStore): ObjectStore => ({
  ...store,
  listPage: Effect.fnUntraced(function* (directory, options = {}) {
    const page = yield* store.listPage(directory, options)
    if (options.cursor !== undefined || page.cursor === undefined) return page
    const { cursor } = yield* store.listPage(directory, { ...options, cursor: page.cursor })
    return { entries: page.entries, ...(cursor !== undefined && { cursor }) }
  })
})

const repeatedCursor = (store: ObjectStore): ObjectStore => ({
  ...store,
  listPage: (directory, { cursor: _, ...options } = {}) => store.listPage(directory, options)
})

const stringPrefix = (store: ObjectStore): ObjectStore => ({
  ...store,
  listPage: Effect.fnUntraced(function* (directory, options = {}) {
    const page = yield* store.listPage(directory, options)
    if (page.cursor !== undefined || directory.length < 2) return page
    const { entries } = yield* store.listPage(directory.slice(0, -1))
    const last = directory.at(-1)!
    const similar = entries.filter(({ path }) => path.at(-1) !== last && path.at(-1)!.startsWith(last))
    return { entries: [...page.entries, ...similar] }
  })
})

const isDirectory = ({ kind }: Entry) => kind === "directory"

/** What can go wrong in `listPage`. */
export const listing: ReadonlyArray<Defect> = [
  { name: "a page is lost", damage: lostPage, fails: ["list"] },
  { name: "the cursor is not heeded", damage: repeatedCursor, fails: ["list"] },
  { name: "a string prefix is a directory", damage: stringPrefix, fails: ["list"] },
  {
    name: "a directory is listed on two pages",
    damage: pages((page) => ({ ...page, entries: [...page.entries, ...page.entries.filter(isDirectory)] })),
    fails: ["list", "paths"]
  },
  {
    name: "a recursive listing shows directories",
    damage: pages((page, directory, { recursive, cursor }) => {
      const deep = page.entries.find(({ path }) => recursive && path.length > directory.length + 1)
      const path = deep?.path.slice(0, -1)
      return path === undefined || cursor !== undefined
        ? page
        : { ...page, entries: [...page.entries, { kind: "directory", path }] }
    }),
    fails: ["list", "paths"]
  },
  {
    name: "a page is out of order",
    damage: pages((page) => ({ ...page, entries: page.entries.toReversed() })),
    fails: ["list"]
  },
  {
    name: "the limit of a page is not heeded",
    damage: (store) => ({ ...store, listPage: (path, { limit: _, ...options } = {}) => store.listPage(path, options) }),
    fails: ["list"]
  }
]
