/**
 * What keeps a path below the root: no directory on the way to a file may be a symbolic link.
 */
import { StorageError, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as fs from "node:fs/promises"
import { makeAsk, type Ask } from "./asking.ts"
import { attempt } from "./fileSystem.ts"
import { fileOf } from "./names.ts"

const absent = StorageError.of("not_found", "there is nothing at this path")

/** Fails unless there is a real directory; `instead` is the code for a file in its place. */
const requireDirectory = Effect.fnUntraced(function* (
  ask: Ask,
  directory: Buffer,
  instead: "not_found" | "not_a_directory"
) {
  const stats = yield* ask(directory)
  if (stats === undefined) return yield* absent
  if (stats.isSymbolicLink()) return yield* StorageError.of("permission_denied", "a symbolic link is in this path")
  if (!stats.isDirectory()) return yield* StorageError.of(instead, "a file is where a directory would be")
})

/** The file of a path, once every directory above it is seen to be a real directory below the root. */
export const contained = Effect.fnUntraced(function* (root: string, path: Path, ask = makeAsk()) {
  for (let depth = 1; depth < path.length; depth += 1) {
    yield* requireDirectory(ask, yield* fileOf(root, path.slice(0, depth)), "not_found")
  }
  return yield* fileOf(root, path)
})

/** The same of a directory, which must be a real one too. */
export const containedDirectory = Effect.fnUntraced(function* (root: string, path: Path, ask: Ask) {
  const directory = yield* contained(root, path, ask)
  yield* requireDirectory(ask, directory, "not_a_directory")
  return directory
})

const is = (code: string) => (error: StorageError) => error.reason._tag === code

/** The directory of a path, made where it is missing, one by one: the system's own way follows links. */
export const madeDirectory = Effect.fnUntraced(function* (root: string, path: Path) {
  const ask = makeAsk()
  for (let depth = 1; depth <= path.length; depth += 1) {
    const directory = yield* fileOf(root, path.slice(0, depth))
    const present = requireDirectory(ask, directory, "not_a_directory")
    const made = attempt(() => fs.mkdir(directory))
    // Most are there. One that is missing may be made by another write meanwhile.
    yield* Effect.catchIf(present, is("not_found"), () => Effect.catchIf(made, is("already_exists"), () => present))
  }
  return yield* fileOf(root, path)
})
