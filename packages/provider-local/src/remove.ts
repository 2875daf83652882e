/**
 * Removing a file.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as fs from "node:fs/promises"
import { contained } from "./containment.ts"
import { attempt, lstat } from "./fileSystem.ts"
import type { LocalSettings } from "./normalize.ts"

/** What is gone, or never was, is what the caller wants. */
export const orGone = Effect.catch((error: StorageError) =>
  error.reason._tag === "not_found" ? Effect.void : Effect.fail(error)
)

/** Removes a link, and not what it leads to. */
export const remove = ({ root }: LocalSettings): ObjectStore["remove"] =>
  Effect.fnUntraced(function* (path) {
    const file = yield* contained(root, path)
    if ((yield* lstat(file)).isDirectory()) {
      return yield* StorageError.of("is_a_directory", "there is a directory at this path")
    }
    yield* attempt(() => fs.unlink(file))
  }, orGone)
