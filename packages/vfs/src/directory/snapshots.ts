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
  readonly entries: ReadonlyArray<readonly [name: string, node: Node]>
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
      yield* ensureWhole(engine, directory)
      directory.opens += 1
      last += 1
      open.set(last, { directory, entries: [...directory.children] })
      return last
    }),
    readDirectory: (handle, offset, count) =>
      Effect.map(get(handle), ({ entries }) =>
        entries.slice(offset, offset + count).map(([name, node]) => ({ name, ...foundOf(engine, node) }))
      ),
    releaseDirectory: (handle) =>
      Effect.map(get(handle), ({ directory }) => {
        open.delete(handle)
        directory.opens -= 1
        if (directory.opens === 0 && directory.listedAt === undefined) directory.children.forEach(tree.settle)
        tree.settle(directory)
      })
  }
}
