/**
 * Renaming a directory: in one step where the provider can, else by copying what is in it, up to a bound. Nothing else
 * is stored, removed or renamed meanwhile.
 */
import type { Entry, Path } from "@mooring/core"
import { StorageError } from "@mooring/core"
import { list } from "@mooring/core/list"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { changing } from "../changing.ts"
import { keep } from "../directory/makeDirectory.ts"
import { recordAbsent, recordPresent } from "../directory/recordChange.ts"
import type { Engine, Result } from "../Engine.ts"
import { moving } from "../moving.ts"
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

/** The paths below that were removed here and may still be listed. */
const removedBelow = (directory: DirectoryNode): ReadonlyArray<Path> => {
  const path = pathOf(directory)
  return [
    ...[...directory.changes].flatMap(([name, { kind }]) => (kind === "absent" ? [[...path, name]] : [])),
    ...[...directory.children.values()].flatMap((node) => (node.kind === "file" ? [] : removedBelow(node)))
  ]
}

/** The paths of all objects below: those that are listed and were not removed here, and those that were stored here. */
const objectsBelow = (
  node: DirectoryNode,
  entries: ReadonlyArray<Entry>,
  removed: ReadonlyArray<Path>
): ReadonlyArray<Path> => {
  const gone = new Set(removed.map((path) => path.join("/")))
  const paths = new Map<string, Path>()
  for (const { kind, path } of entries) {
    const key = path.join("/")
    if (kind === "object" && !gone.has(key)) paths.set(key, path)
  }
  for (const file of filesBelow(node)) {
    const path = pathOf(file)
    if (file.version !== undefined) paths.set(path.join("/"), path)
  }
  return [...paths.values()]
}

/** Copies all, then removes the old ones. Should the copying fail, what was copied is removed again. */
const copyAll = Effect.fnUntraced(function* (
  engine: Engine,
  node: DirectoryNode,
  from: Path,
  to: Path,
  clear: Result<void>,
  switched: () => void
): Effect.fn.Return<void, StorageError> {
  const { store } = engine
  const { copy } = store
  // Another listing may forget them once it has shown that they are gone, while this one still shows them.
  const removed = removedBelow(node)
  const entries = yield* everything(engine, from)
  const objects = objectsBelow(node, entries, removed)
  if (objects.length > 0 && (copy === undefined || engine.limits.visibility === "eventual")) {
    return yield* StorageError.of("cross_device", "the provider cannot move a directory so that it is seen at once")
  }
  yield* clear
  const moved = (path: Path): Path => [...to, ...path.slice(from.length)]
  const directories = [from, ...entries.flatMap((entry) => (entry.kind === "object" ? [] : [entry.path]))]
  const copied: Array<Path> = []
  const copying = Effect.gen(function* () {
    if (store.createDirectory !== undefined)
      yield* Effect.forEach(directories, (path) => store.createDirectory!(moved(path)))
    return yield* Effect.forEach(
      objects,
      (path) =>
        Effect.map(copy!(path, moved(path)), (info) => {
          copied.push(moved(path))
          return { path, info }
        }),
      { concurrency }
    )
  })
  const results = yield* Effect.onError(copying, () =>
    Effect.ignore(Effect.forEach(copied, (path) => store.remove(path), { concurrency, discard: true }))
  )
  for (const { path, info } of results) {
    const known = descend(node, path.slice(from.length))
    if (known?.kind !== "file" || known.version === undefined) continue
    known.version.validator = info.validator
    known.version.told = info.modified
  }
  switched()
  yield* Effect.forEach(objects, (path) => store.remove(path), { concurrency, discard: true })
  const { removeDirectory } = store
  if (removeDirectory !== undefined) {
    yield* Effect.forEach(directories.toReversed(), (path) => removeDirectory(path), { discard: true })
  }
})

/**
 * Renames the directory to a place where nothing is once `clear` has run, which it does as late as possible. The caller
 * holds the namespace alone.
 */
export const renameDirectory = Effect.fnUntraced(function* (
  engine: Engine,
  node: DirectoryNode,
  to: DirectoryNode,
  name: string,
  clear: Result<void>
): Effect.fn.Return<void, StorageError> {
  const { store, tree, limits } = engine
  for (const file of filesBelow(node)) if (file.draft !== undefined) yield* abortUpload(file.draft)
  const { parent: source, name: old } = node
  if (source === undefined) return yield* StorageError.of("not_found", "the directory was removed")
  yield* tree.place(to.id)
  const from = pathOf(node)
  const path = [...pathOf(to), name]
  const switched = (): void => {
    tree.move(node, to, name)
    recordAbsent(engine, source, old)
    keep(engine, source)
    recordPresent(engine, to, name)
  }
  const stored = !node.kept || limits.realDirectories || store.createDirectory !== undefined
  const native = store.moveDirectory !== undefined && stored
  const ends = [
    { parent: source, name: old },
    { parent: to, name }
  ]
  // Where it is copied, a listing that was asked for before the last object was removed may still show the old name.
  yield* native
    ? moving(node, changing(engine, ends, Effect.andThen(clear, store.moveDirectory!(from, path)), switched))
    : changing(engine, ends, copyAll(engine, node, from, path, clear, switched), () =>
        recordAbsent(engine, source, old)
      )
})
