/**
 * Renaming a directory: in one step where the provider can, else by copying what is in it, up to a bound. Nothing else
 * is stored, removed or renamed meanwhile.
 */
import type { Entry, Path } from "@mooring/core"
import { StorageError } from "@mooring/core"
import { list } from "@mooring/core/list"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { keep } from "../directory/makeDirectory.ts"
import { recordChange } from "../directory/recordChange.ts"
import type { Engine } from "../Engine.ts"
import { pathOf, type DirectoryNode, type FileNode, type Node } from "../Node.ts"
import { abortUpload } from "../writing/Uploader.ts"

/** Objects that are copied at once. */
const concurrency = 8

/** All files below the directory that are known here. */
const filesBelow = (directory: DirectoryNode): ReadonlyArray<FileNode> =>
  [...directory.children.values()].flatMap((node) => (node.kind === "file" ? [node] : filesBelow(node)))

const descend = (directory: DirectoryNode, path: Path): Node | undefined => {
  let node: Node | undefined = directory
  for (const name of path) node = node?.kind === "directory" ? node.children.get(name) : undefined
  return node
}

/** All that is below, a directory before what is in it; `cross_device` if it is more than may be copied. */
const everything = Effect.fnUntraced(function* (
  { store, settings }: Engine,
  from: Path
): Effect.fn.Return<ReadonlyArray<Entry>, StorageError> {
  const found: Array<Entry> = []
  const walk = Effect.fnUntraced(function* (directory: Path): Effect.fn.Return<void, StorageError> {
    const real = store.createDirectory !== undefined
    const deeper: Array<Path> = []
    yield* Stream.runForEach(list(store, directory, real ? {} : { recursive: true }), (entry) => {
      found.push(entry)
      if (entry.kind !== "object") deeper.push(entry.path)
      return found.length > settings.renamedObjects
        ? StorageError.of("cross_device", `the directory holds more than ${settings.renamedObjects} objects`)
        : Effect.void
    })
    for (const path of deeper) yield* walk(path)
  })
  yield* Effect.catch(walk(from), (error) => (error.reason._tag === "not_found" ? Effect.void : Effect.fail(error)))
  return found
})

/** Copies all, then removes the old ones. Should the copying fail, what was copied is removed again. */
const copyAll = Effect.fnUntraced(function* (
  engine: Engine,
  node: DirectoryNode,
  from: Path,
  to: Path,
  switched: () => void
): Effect.fn.Return<void, StorageError> {
  const { store } = engine
  const { copy } = store
  const entries = yield* everything(engine, from)
  const objects = entries.filter(({ kind }) => kind === "object")
  if (copy === undefined && objects.length > 0) {
    return yield* StorageError.of("cross_device", "the provider can neither move nor copy")
  }
  const moved = (path: Path): Path => [...to, ...path.slice(from.length)]
  const directories = [from, ...entries.flatMap((entry) => (entry.kind === "object" ? [] : [entry.path]))]
  const copied: Array<Path> = []
  const copying = Effect.gen(function* () {
    if (store.createDirectory !== undefined)
      yield* Effect.forEach(directories, (path) => store.createDirectory!(moved(path)))
    return yield* Effect.forEach(
      objects,
      ({ path }) =>
        Effect.map(copy!(path, moved(path)), (info) => {
          copied.push(moved(path))
          return { path, validator: info.validator }
        }),
      { concurrency }
    )
  })
  const results = yield* Effect.onError(copying, () =>
    Effect.ignore(Effect.forEach(copied, (path) => store.remove(path), { concurrency, discard: true }))
  )
  for (const { path, validator } of results) {
    const known = descend(node, path.slice(from.length))
    if (known?.kind === "file" && known.version !== undefined) known.version.validator = validator
  }
  switched()
  yield* Effect.forEach(objects, ({ path }) => store.remove(path), { concurrency, discard: true })
  const { removeDirectory } = store
  if (removeDirectory !== undefined) {
    yield* Effect.forEach(directories.toReversed(), (path) => removeDirectory(path), { discard: true })
  }
})

/** Renames the directory to a place where nothing is. The caller holds the namespace alone. */
export const renameDirectory = Effect.fnUntraced(function* (
  engine: Engine,
  node: DirectoryNode,
  to: DirectoryNode,
  name: string
): Effect.fn.Return<void, StorageError> {
  const { store, tree, limits } = engine
  const from = pathOf(node)
  const path = [...pathOf(to), name]
  for (const file of filesBelow(node)) if (file.draft !== undefined) yield* abortUpload(file.draft)
  const switched = (): void => {
    const { parent, name: before } = node
    tree.move(node, to, name)
    if (parent !== undefined) {
      recordChange(engine, parent, before, "absent", undefined)
      keep(engine, parent)
    }
    recordChange(engine, to, name, "present", undefined)
  }
  const stored = !node.kept || limits.realDirectories || store.createDirectory !== undefined
  const native = store.moveDirectory !== undefined && stored
  yield* Effect.uninterruptible(
    native ? Effect.map(store.moveDirectory!(from, path), switched) : copyAll(engine, node, from, path, switched)
  )
})
