/**
 * Reading directories: a snapshot of the listing, whose entries have fixed offsets.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Engine } from "../Engine.ts"
import type { DirectoryNode, Node } from "../Node.ts"
import type { Vfs } from "../Vfs.ts"
import { foundOf } from "./found.ts"
import { ensureWhole } from "./lookup.ts"

interface Snapshot {
  readonly directory: DirectoryNode
  /** Taken when it is first read: many open a directory to look at its filesystem, or to be in it, and nothing more. */
  entries: ReadonlyArray<readonly [name: string, node: Node]> | undefined
}

/** The three operations on open directories. */
export const makeSnapshots = (engine: Engine): Pick<Vfs, "openDirectory" | "readDirectory" | "releaseDirectory"> => {
  const { tree } = engine
  const open = new Map<number, Snapshot>()
  let last = 0
  const get = (handle: number): Effect.Effect<Snapshot, StorageError> => {
    const snapshot = open.get(handle)
    return snapshot === undefined
      ? Effect.fail(StorageError.of("invalid_value", "there is no such open directory"))
      : Effect.succeed(snapshot)
  }
  return {
    openDirectory: Effect.fnUntraced(function* (id) {
      const directory = yield* tree.directory(id)
      directory.opens += 1
      last += 1
      open.set(last, { directory, entries: undefined })
      return last
    }),
    readDirectory: Effect.fnUntraced(function* (handle, offset, count) {
      const snapshot = yield* get(handle)
      const { directory } = snapshot
      if (snapshot.entries === undefined) yield* ensureWhole(engine, directory)
      const entries = (snapshot.entries ??= [...directory.children])
      return entries.slice(offset, offset + count).map(([name, node]) => ({ name, ...foundOf(engine, node) }))
    }),
    releaseDirectory: (handle) =>
      Effect.map(get(handle), ({ directory }) => {
        open.delete(handle)
        directory.opens -= 1
        if (directory.opens === 0 && directory.listedAt === undefined) directory.children.forEach(tree.settle)
        tree.settle(directory)
      })
  }
}
