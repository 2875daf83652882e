/**
 * What keeps a path below the root: no directory on the way to a file may be a symbolic link.
 */
import { StorageError, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import { lstat } from "./fileSystem.ts"
import { fileOf } from "./names.ts"

/** The file of a path, once every directory above it is seen to be a real directory below the root. */
export const contained = Effect.fnUntraced(function* (root: string, path: Path) {
  for (let depth = 1; depth < path.length; depth += 1) {
    const stats = yield* lstat(yield* fileOf(root, path.slice(0, depth)))
    if (stats.isSymbolicLink()) return yield* StorageError.of("permission_denied", "a symbolic link is in this path")
    if (!stats.isDirectory()) return yield* StorageError.of("not_found", "a file is where a directory would be")
  }
  return yield* fileOf(root, path)
})
