/**
 * Making and removing directories and containers.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Engine, Result } from "../Engine.ts"
import { pathOf, type DirectoryNode } from "../Node.ts"
import { changing } from "../changing.ts"
import { refusal } from "../names.ts"
import { findChild, findChildOrNothing, ensureWhole } from "./lookup.ts"
import { recordAbsent, recordPresent } from "./recordChange.ts"

/** Whether containers are at this place, and nothing else. */
export const holdsContainers = ({ limits, tree }: Engine, directory: DirectoryNode): boolean =>
  limits.containers && directory === tree.root

/**
 * The directory becomes one that stays although the provider may show nothing in it. Where directories are real, or have
 * been made, the provider shows them.
 */
export const keep = ({ limits }: Engine, directory: DirectoryNode): void => {
  if (!limits.realDirectories) directory.kept = true
}

/** Makes a directory: at the provider where it can have an empty one, else here, where it lives until the mount ends. */
export const makeDirectory = Effect.fnUntraced(function* (
  engine: Engine,
  parent: DirectoryNode,
  name: string
): Effect.fn.Return<DirectoryNode, StorageError> {
  const { store, limits, tree, now } = engine
  const path = [...pathOf(parent), name]
  const refused = refusal(path, limits)
  if (refused !== undefined) return yield* refused
  if ((yield* findChildOrNothing(engine, parent, name)) !== undefined) {
    return yield* StorageError.of("already_exists", "there is something of this name")
  }
  const container = holdsContainers(engine, parent)
  if (container && store.createContainer === undefined) {
    return yield* StorageError.of("unsupported", "no containers can be created here")
  }
  const create = container ? store.createContainer : store.createDirectory
  return yield* changing(engine, [{ parent, name }], create === undefined ? Effect.void : create(path), () => {
    const known = parent.children.get(name)
    if (known?.kind === "directory") return known
    const made = tree.addDirectory(parent, name, now())
    // Nothing can be in it: the first look at it needs no listing.
    made.listedAt = now()
    tree.touch(made)
    if (create === undefined) made.kept = true
    recordPresent(engine, parent, name)
    return made
  })
})

/** Fails with `not_empty` if there is something in the directory, be it shown or not. */
export const ensureEmpty = (engine: Engine, directory: DirectoryNode): Result<void> =>
  Effect.andThen(
    ensureWhole(engine, directory),
    Effect.suspend(() =>
      directory.children.size > 0 || directory.hidden > 0
        ? Effect.fail(StorageError.of("not_empty", "there is something in the directory"))
        : Effect.void
    )
  )

/** Removes an empty directory. */
export const removeDirectory = (engine: Engine, parent: DirectoryNode, name: string): Result<void> =>
  Effect.gen(function* () {
    const { store, tree } = engine
    const node = yield* findChild(engine, parent, name)
    if (node.kind === "file") return yield* StorageError.of("not_a_directory", "this is a file")
    yield* ensureEmpty(engine, node)
    const container = holdsContainers(engine, parent)
    if (container && store.removeContainer === undefined) {
      return yield* StorageError.of("unsupported", "no containers can be removed here")
    }
    const remove = container ? store.removeContainer : store.removeDirectory
    const removal = remove === undefined ? Effect.void : remove(pathOf(node))
    const removing = changing(engine, [{ parent, name }], removal, () => {
      tree.detach(node)
      recordAbsent(engine, parent, name)
      keep(engine, parent)
    })
    node.leaving = true
    yield* Effect.ensuring(
      removing,
      Effect.sync(() => {
        node.leaving = false
      })
    )
  })
