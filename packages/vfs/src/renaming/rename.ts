/**
 * Renaming: what may replace what.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { findChild, findChildOrNothing } from "../directory/lookup.ts"
import { ensureEmpty, holdsContainers, removeDirectory } from "../directory/makeDirectory.ts"
import type { Engine, Result } from "../Engine.ts"
import { isWithin, lockOf, pathOf, type FileNode, type Node, type NodePlace } from "../Node.ts"
import { refusal } from "../names.ts"
import { renameDirectory } from "./renameDirectory.ts"
import { renameFile } from "./renameFile.ts"

/** What is at both ends; the target undefined if nothing is. Fails if the one may not replace the other. */
const ends = Effect.fnUntraced(function* (
  engine: Engine,
  from: NodePlace,
  to: NodePlace,
  replace: boolean
): Effect.fn.Return<{ readonly source: Node; readonly target: Node | undefined }, StorageError> {
  const refused = refusal([...pathOf(to.parent), to.name], engine.limits)
  if (refused !== undefined) return yield* refused
  const source = yield* findChild(engine, from.parent, from.name)
  const target = yield* findChildOrNothing(engine, to.parent, to.name)
  if (target !== undefined && !replace) return yield* StorageError.of("already_exists", "there is something there")
  if (source === target) return { source, target }
  if (isWithin(to.parent, source)) return yield* StorageError.of("invalid_value", "a directory cannot go into itself")
  if (source.kind === "file" && target?.kind === "directory") {
    return yield* StorageError.of("is_a_directory", "there is a directory there")
  }
  if (source.kind === "directory" && target?.kind === "file") {
    return yield* StorageError.of("not_a_directory", "there is a file there")
  }
  if (holdsContainers(engine, from.parent) || holdsContainers(engine, to.parent)) {
    return yield* StorageError.of("cross_device", "a container is neither renamed nor made of something else")
  }
  return { source, target }
})

/** Runs with the locks of both files, in the order of their numbers so that two renames cannot wait for each other. */
const locked = (source: FileNode, target: FileNode | undefined, work: Result<void>): Result<void> => {
  if (target === undefined) return lockOf(source).withPermit(work)
  const [first, second] = source.id < target.id ? [source, target] : [target, source]
  return lockOf(first).withPermit(lockOf(second).withPermit(work))
}

const files = (engine: Engine, source: FileNode, target: FileNode | undefined, from: NodePlace, to: NodePlace) =>
  locked(
    source,
    target,
    Effect.suspend(() =>
      source.parent === from.parent && source.name === from.name
        ? renameFile(engine, source, target?.parent === undefined ? undefined : target, to.parent, to.name)
        : Effect.fail(StorageError.of("not_found", "it was moved or removed"))
    )
  )

/** Renames a file or directory. */
export const rename = (engine: Engine, from: NodePlace, to: NodePlace, replace: boolean): Result<void> =>
  Effect.gen(function* () {
    const first = yield* findChild(engine, from.parent, from.name)
    if (first.kind === "file") {
      const work = Effect.gen(function* () {
        const { source, target } = yield* ends(engine, from, to, replace)
        if (source === target || source.kind === "directory" || target?.kind === "directory") return
        yield* files(engine, source, target, from, to)
      })
      return yield* engine.namespace.shared(work)
    }
    const work = Effect.gen(function* () {
      const { source, target } = yield* ends(engine, from, to, replace)
      if (source === target || source.kind === "file" || target?.kind === "file") return
      if (target !== undefined) yield* ensureEmpty(engine, target)
      const clear = target === undefined ? Effect.void : removeDirectory(engine, to.parent, to.name)
      yield* renameDirectory(engine, source, to.parent, to.name, clear)
    })
    return yield* engine.namespace.exclusive(work)
  })
