/**
 * Finding a name: in the listing of its directory, or one by one where there is none to be had.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Engine, Result } from "../Engine.ts"
import { isOpen, lastMove, pathOf, type DirectoryNode, type Node } from "../Node.ts"
import { moved } from "../moving.ts"
import { byteLength, isVisible } from "../names.ts"
import { mergeEntry, stays } from "./merge.ts"
import { isFresh, refresh } from "./refresh.ts"

const nothing = StorageError.of("not_found", "there is nothing of this name")

/** How many names of one directory that are looked up one by one are remembered. */
const remembered = 10_000

/** Asks the provider for one name. */
const ask = Effect.fnUntraced(function* (
  engine: Engine,
  directory: DirectoryNode,
  name: string
): Effect.fn.Return<void, StorageError> {
  const { store, now, tree, limits } = engine
  const started = now()
  const before = lastMove(directory)
  directory.asking += 1
  const told = Effect.catch(store.stat([...pathOf(directory), name]), (error) =>
    error.reason._tag === "not_found" ? Effect.undefined : Effect.fail(error)
  )
  const answer = Effect.tap(told, () => moved(directory))
  let changed = false
  const entry = yield* Effect.ensuring(
    answer,
    Effect.sync(() => {
      directory.asking -= 1
      changed = directory.changes.has(name) || directory.changing.includes(name)
      const idle = directory.asking === 0 && directory.listing === undefined
      if (idle && limits.visibility === "immediate") directory.changes.clear()
    })
  )
  if (directory.parent === undefined && directory !== tree.root) return yield* nothing
  // The directory was renamed meanwhile: what was asked for is another place, or none.
  if (lastMove(directory) !== before) return yield* ask(engine, directory, name)
  const known = directory.children.get(name)
  const ours = changed || (known !== undefined && stays(known))
  if (directory.looked.size >= remembered) {
    directory.looked.clear()
    for (const child of directory.children.values()) tree.settle(child)
  }
  directory.looked.set(name, started)
  if (ours) return
  if (entry !== undefined) mergeEntry(engine, directory, name, entry)
  else if (known !== undefined) tree.detach(known)
})

const isAsked = ({ settings, now }: Engine, directory: DirectoryNode, name: string): boolean => {
  const time = directory.looked.get(name)
  return time !== undefined && now() - time < settings.directoryAge
}

/** Makes sure that what is known of the name is young enough; done at once where it is. */
export const ensureKnown = (engine: Engine, directory: DirectoryNode, name: string): Result<void> => {
  directory.used = true
  if (isFresh(engine, directory) || isAsked(engine, directory, name)) return Effect.void
  if (directory.single) return ask(engine, directory, name)
  return Effect.catch(refresh(engine, directory), (error) =>
    directory.single ? ask(engine, directory, name) : Effect.fail(error)
  )
}

/** The node of this name. */
export const findChild = (engine: Engine, directory: DirectoryNode, name: string): Result<Node> => {
  if (byteLength(name) > 255) return Effect.fail(StorageError.of("name_too_long", "no file can have this name"))
  if (!isVisible(name)) return Effect.fail(nothing)
  const found = Effect.suspend((): Result<Node> => {
    const node = directory.children.get(name)
    return node === undefined ? Effect.fail(nothing) : Effect.succeed(node)
  })
  return Effect.andThen(ensureKnown(engine, directory, name), found)
}

/** The node of this name, or undefined. */
export const findChildOrNothing = (engine: Engine, directory: DirectoryNode, name: string): Result<Node | undefined> =>
  Effect.catch(findChild(engine, directory, name), (error) =>
    error === nothing ? Effect.undefined : Effect.fail(error)
  )

/** Makes sure that the attributes of the node are young enough; `not_found` if it is gone and nobody has it open. */
export const ensureCurrent = (engine: Engine, node: Node): Result<void> => {
  const gone = Effect.suspend((): Result<void> => {
    const held = node.parent !== undefined || node === engine.tree.root || isOpen(node)
    return held ? Effect.void : Effect.fail(StorageError.of("not_found", "it was removed"))
  })
  const { parent } = node
  if (parent === undefined || (node.kind === "file" && node.draft !== undefined)) return gone
  return Effect.andThen(ensureKnown(engine, parent, node.name), gone)
}

/** Makes sure that the whole listing of the directory is known and young enough. */
export const ensureWhole = (engine: Engine, directory: DirectoryNode): Result<void> =>
  isFresh(engine, directory) ? Effect.void : refresh(engine, directory, true)
