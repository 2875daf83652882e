/**
 * `listPage` of a memory store.
 */
import type { Entry } from "@mooring/core/ObjectInfo"
import type { ObjectStore, Page } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import { admit, infoOf, inContainer, kindIn, type Memory } from "./Memory.ts"
import { below, directoriesBelow, keyOf, type MemoryState } from "./MemoryState.ts"

const children = (memory: Memory, state: MemoryState, directory: Path): ReadonlyArray<Entry> => {
  const depth = directory.length + 1
  const objects = below(state, directory)
  const deeper = [...directoriesBelow(state, directory), ...objects.map(({ path }) => path.slice(0, -1))]
  const found = new Map(
    deeper.filter(({ length }) => length >= depth).map((path) => [keyOf(path.slice(0, depth)), path])
  )
  return [
    ...objects.filter(({ path }) => path.length === depth).map((revision) => infoOf(memory, revision)),
    ...[...found.values()].map((path): Entry => ({ kind: "directory", path: path.slice(0, depth) }))
  ]
}

const containersOf = (state: MemoryState): ReadonlyArray<Entry> =>
  [...state.containers].map((name) => ({ kind: "container", path: [name] }))

const position = ({ kind, path }: Entry): Buffer => Buffer.from(`${keyOf(path)}\0${kind === "object" ? "0" : "1"}`)

/** One page: at most `limits.maxPage` entries, in the order of their bytes, or backwards where there is no order. */
export const listPage = (memory: Memory): ObjectStore["listPage"] =>
  Effect.fnUntraced(function* (
    directory,
    { recursive = false, cursor, limit } = {}
  ): Effect.fn.Return<Page, StorageError> {
    const { limits, onlyContainer } = memory.personality
    yield* admit(memory, directory)
    if (onlyContainer !== undefined && directory.length === 0) {
      return yield* StorageError.of("permission_denied", "the key may not list the containers")
    }
    const state = memory.ledger.look()
    yield* inContainer(memory, state, directory)
    const kind = kindIn(memory, state, directory)
    if (kind === "object" && !limits.objectsBesideDirectories) {
      return yield* StorageError.of("not_a_directory", "there is an object, but no directory")
    }
    if (kind === undefined && limits.missingDirectories === "not_found") {
      return yield* StorageError.of("not_found", "there is no such directory")
    }
    const all = recursive
      ? below(state, directory).map((revision) => infoOf(memory, revision))
      : limits.containers && directory.length === 0
        ? containersOf(state)
        : children(memory, state, directory)
    const sign = limits.order === "bytes" ? 1 : -1
    const compare = (left: Buffer, right: Buffer) => sign * Buffer.compare(left, right)
    const placed = all.map((entry) => ({ entry, position: position(entry) }))
    const after = cursor === undefined ? undefined : Buffer.from(cursor, "base64url")
    const rest = placed
      .filter((item) => after === undefined || compare(item.position, after) > 0)
      .toSorted((left, right) => compare(left.position, right.position))
    const page = rest.slice(0, Math.min(limit ?? Infinity, limits.maxPage ?? Infinity))
    return {
      entries: page.map(({ entry }) => entry),
      ...(page.length < rest.length && { cursor: page.at(-1)!.position.toString("base64url") })
    }
  })
