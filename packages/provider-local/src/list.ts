/**
 * Listings. A directory is read whole and sorted for each page, which is a window after the name that the cursor holds.
 */
import { StorageError, type Entry, type ListOptions, type ObjectStore, type Page, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as fs from "node:fs/promises"
import { contained } from "./containment.ts"
import { attempt, lstat } from "./fileSystem.ts"
import { entryOf } from "./info.ts"
import { inDirectory, isOnItsWay, segmentOf } from "./names.ts"
import type { LocalSettings } from "./normalize.ts"

/** Large, since every page reads the names of the whole directory again. */
const defaultLimit = 10_000

type Asked = ListOptions & { readonly limit: number }

interface Child {
  readonly file: Buffer
  readonly path: Path
  readonly name: Buffer
}

/** The children of a directory in the order of their names' bytes. */
const childrenOf = Effect.fnUntraced(function* (root: string, directory: Path) {
  const file = yield* contained(root, directory)
  const stats = yield* lstat(file)
  if (stats.isSymbolicLink()) return yield* StorageError.of("permission_denied", "a symbolic link is in this path")
  if (!stats.isDirectory()) {
    return yield* StorageError.of("not_a_directory", "there is a file at this path")
  }
  const names = yield* attempt(() => fs.readdir(file, { encoding: "buffer" }) as Promise<Array<Buffer>>)
  return names
    .filter((name) => !isOnItsWay(name))
    .toSorted(Buffer.compare)
    .map((name): Child => ({ name, file: inDirectory(file, name), path: [...directory, segmentOf(name)] }))
})

/** A file that is removed while its directory is listed is not there, which is what the caller asked. */
const statChild = ({ file, path }: Child) =>
  Effect.catchIf(
    Effect.map(lstat(file), (stats) => entryOf(path, stats)),
    (error: StorageError) => error.reason._tag === "not_found",
    () => Effect.undefined
  )

/** Entries after `cursor` (names as hex), at most `limit`, and where to go on. */
const window = (children: ReadonlyArray<Child>, { cursor, limit }: Asked) => {
  const after = cursor === undefined ? undefined : Buffer.from(cursor, "hex")
  const rest = after === undefined ? children : children.filter(({ name }) => Buffer.compare(name, after) > 0)
  const taken = rest.slice(0, limit)
  const last = taken.at(-1)
  return { taken, cursor: rest.length > taken.length ? last?.name.toString("hex") : undefined }
}

const direct = Effect.fnUntraced(function* (root: string, directory: Path, options: Asked) {
  const { taken, cursor } = window(yield* childrenOf(root, directory), options)
  const entries = yield* Effect.forEach(taken, statChild, { concurrency: 16 })
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
  const entries: Array<Entry> = []
  const resume = yield* positionOf(cursor)

  const walk: (
    at: Path,
    trail: ReadonlyArray<string>,
    from: ReadonlyArray<string>
  ) => Effect.Effect<string | undefined, StorageError> = Effect.fnUntraced(function* (at, trail, from) {
    for (const child of yield* childrenOf(root, at)) {
      const name = child.name.toString("hex")
      const order = from[0] === undefined ? 1 : Buffer.compare(child.name, Buffer.from(from[0], "hex"))
      if (order < 0 || (order === 0 && from.length === 1)) continue
      if (entries.length >= limit) return JSON.stringify(trail)
      const entry = yield* statChild(child)
      trail = [...trail.slice(0, at.length - directory.length), name]
      if (entry?.kind === "object") entries.push(entry)
      if (entry?.kind === "directory") {
        const ended = yield* walk(child.path, trail, order === 0 ? from.slice(1) : [])
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
