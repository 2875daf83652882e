/**
 * What keeps a path below the root: no directory on the way to a file may be a symbolic link.
 */
import { StorageError, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as fs from "node:fs/promises"
import { attempt, lstat } from "./fileSystem.ts"
import { fileOf } from "./names.ts"

/** Fails unless there is a real directory; `instead` is the code for a file in its place. */
const requireDirectory = Effect.fnUntraced(function* (directory: Buffer, instead: "not_found" | "not_a_directory") {
  const stats = yield* lstat(directory)
  if (stats.isSymbolicLink()) return yield* StorageError.of("permission_denied", "a symbolic link is in this path")
  if (!stats.isDirectory()) return yield* StorageError.of(instead, "a file is where a directory would be")
})

/** The file of a path, once every directory above it is seen to be a real directory below the root. */
export const contained = Effect.fnUntraced(function* (root: string, path: Path) {
  for (let depth = 1; depth < path.length; depth += 1) {
    yield* requireDirectory(yield* fileOf(root, path.slice(0, depth)), "not_found")
  }
  return yield* fileOf(root, path)
})

const is = (code: string) => (error: StorageError) => error.reason._tag === code

/** The directory of a path, made where it is missing, one by one: the system's own way follows links. */
export const madeDirectory = Effect.fnUntraced(function* (root: string, path: Path) {
  for (let depth = 1; depth <= path.length; depth += 1) {
    const directory = yield* fileOf(root, path.slice(0, depth))
    const present = requireDirectory(directory, "not_a_directory")
    const made = attempt(() => fs.mkdir(directory))
    // Most are there. One that is missing may be made by another write meanwhile.
    yield* Effect.catchIf(present, is("not_found"), () => Effect.catchIf(made, is("already_exists"), () => present))
  }
  return yield* fileOf(root, path)
})
