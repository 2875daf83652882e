/**
 * Listings. A directory is read whole and sorted for each page, which is a window after the name that the cursor holds.
 */
import { StorageError, type Entry, type ListOptions, type ObjectStore, type Page, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Stats } from "node:fs"
import * as fs from "node:fs/promises"
import { makeAsk, type Ask } from "./asking.ts"
import { containedDirectory } from "./containment.ts"
import { attempt } from "./fileSystem.ts"
import { entryOf } from "./info.ts"
import { inDirectory, segmentOf, temporaryPrefix } from "./names.ts"
import type { LocalSettings } from "./normalize.ts"

/** Large, since every page reads the names of the whole directory again. */
const defaultLimit = 10_000

/** Files of a slow file system that are asked for at once. */
const concurrency = 16

type Asked = ListOptions & { readonly limit: number }

/** A directory of the file system, and the names in it in the order of their bytes, one character for each byte. */
interface Listed {
  readonly file: Buffer
  readonly names: ReadonlyArray<string>
}

const bytesOf = (name: string): Buffer => Buffer.from(name, "latin1")

const namesIn = Effect.fnUntraced(function* (ask: Ask, root: string, directory: Path) {
  const file = yield* containedDirectory(root, directory, ask)
  const names = yield* attempt(() => fs.readdir(file, { encoding: "latin1" }))
  return { file, names: names.filter((name) => !name.startsWith(temporaryPrefix)).toSorted() } satisfies Listed
})

/** A file that is removed while its directory is listed is not there, which is what the caller asked. */
const shown = (directory: Path, name: string, stats: Stats | undefined): Entry | undefined =>
  stats === undefined ? undefined : entryOf([...directory, segmentOf(bytesOf(name))], stats)

/** Names after `cursor`, which is one in hex, at most `limit`, and where to go on. */
const window = (names: ReadonlyArray<string>, { cursor, limit }: Asked) => {
  const after = cursor === undefined ? undefined : Buffer.from(cursor, "hex").toString("latin1")
  const rest = after === undefined ? names : names.filter((name) => name > after)
  const taken = rest.slice(0, limit)
  const last = taken.at(-1)
  return { taken, cursor: rest.length > taken.length && last !== undefined ? hexOf(last) : undefined }
}

const hexOf = (name: string): string => bytesOf(name).toString("hex")

const direct = Effect.fnUntraced(function* (root: string, directory: Path, options: Asked) {
  const ask = makeAsk()
  const { file, names } = yield* namesIn(ask, root, directory)
  const { taken, cursor } = window(names, options)
  const entryAt = (name: string) =>
    Effect.map(ask(inDirectory(file, bytesOf(name))), (stats) => shown(directory, name, stats))
  const entries = yield* Effect.forEach(taken, entryAt, { concurrency })
  return {
    entries: entries.filter((entry) => entry !== undefined),
    ...(cursor !== undefined && { cursor })
  }
})

/**
 * All files below, directory by directory. The cursor is a JSON list: for each depth, the hex name of the child that
 * was visited last. One page holds at most `limit` files and reads only the directories on its way.
 */
const recursive = Effect.fnUntraced(function* (root: string, directory: Path, { cursor, limit }: Asked) {
  const ask = makeAsk()
  const entries: Array<Entry> = []
  const resume = yield* positionOf(cursor)

  const walk: (
    at: Path,
    trail: ReadonlyArray<string>,
    from: ReadonlyArray<string>
  ) => Effect.Effect<string | undefined, StorageError> = Effect.fnUntraced(function* (at, trail, from) {
    const { file, names } = yield* namesIn(ask, root, at)
    for (const name of names) {
      const hex = hexOf(name)
      const start = from[0]
      if (start !== undefined && (hex < start || (hex === start && from.length === 1))) continue
      if (entries.length >= limit) return JSON.stringify(trail)
      const entry = shown(at, name, yield* ask(inDirectory(file, bytesOf(name))))
      trail = [...trail.slice(0, at.length - directory.length), hex]
      if (entry?.kind === "object") entries.push(entry)
      if (entry?.kind === "directory") {
        const ended = yield* walk(entry.path, trail, hex === start ? from.slice(1) : [])
        if (ended !== undefined) return ended
      }
    }
    return undefined
  })

  const next = yield* walk(directory, [], resume)
  return {
    entries,
    ...(next !== undefined && { cursor: next })
  }
})

const invalidCursor = StorageError.of("invalid_value", "the cursor is not one of this listing")

const positionOf = (cursor: string | undefined): Effect.Effect<ReadonlyArray<string>, StorageError> => {
  if (cursor === undefined) return Effect.succeed([])
  return Effect.flatMap(Effect.try({ try: () => JSON.parse(cursor) as unknown, catch: () => invalidCursor }), (value) =>
    Array.isArray(value) && value.every((name) => typeof name === "string" && /^([0-9a-f]{2})+$/.test(name))
      ? Effect.succeed(value as ReadonlyArray<string>)
      : Effect.fail(invalidCursor)
  )
}

/** A page; 10,000 entries unless fewer or more are asked for. */
export const listPage =
  ({ root }: LocalSettings): ObjectStore["listPage"] =>
  (directory, options = {}): Effect.Effect<Page, StorageError> => {
    // A page without an entry would say nothing of where to go on.
    const asked = { ...options, limit: Math.max(1, options.limit ?? defaultLimit) }
    if (options.recursive === true) return recursive(root, directory, asked)
    const { cursor } = options
    if (cursor !== undefined && !/^([0-9a-f]{2})+$/.test(cursor)) return Effect.fail(invalidCursor)
    return direct(root, directory, asked)
  }
