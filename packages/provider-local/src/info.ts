/**
 * What a stat of the file system says of an object or directory.
 */
import { StorageError, type Entry, type ObjectInfo, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Stats } from "node:fs"

/** Changes with every write: size, inode, and modification time to the microsecond. */
const validatorOf = (stats: Stats): string => `${stats.size}-${stats.ino}-${stats.mtimeMs}-${stats.ctimeMs}`

/** A regular file as an object. */
export const objectInfo = (path: Path, stats: Stats): ObjectInfo => ({
  kind: "object",
  path,
  size: stats.size,
  modified: stats.mtimeMs,
  validator: validatorOf(stats)
})

/** An entry; undefined for links, sockets and devices, which are not served. */
export const entryOf = (path: Path, stats: Stats): Entry | undefined => {
  if (stats.isDirectory()) return { kind: "directory", path, modified: stats.mtimeMs }
  return stats.isFile() ? objectInfo(path, stats) : undefined
}

/** Fails unless the file is an object with this validator, if one is asked for. */
export const requireObject = Effect.fnUntraced(function* (path: Path, stats: Stats, ifMatch?: string) {
  if (stats.isDirectory()) return yield* StorageError.of("is_a_directory", "there is a directory at this path")
  if (!stats.isFile()) return yield* StorageError.of("not_found", "there is no regular file at this path")
  const info = objectInfo(path, stats)
  if (ifMatch !== undefined && ifMatch !== info.validator) {
    return yield* StorageError.of("precondition_failed", "the file has changed")
  }
  return info
})
