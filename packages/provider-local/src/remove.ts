/**
 * Removing a file.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import * as fs from "node:fs/promises"
import { contained } from "./containment.ts"
import { attempt, lstat } from "./fileSystem.ts"
import type { LocalSettings } from "./normalize.ts"

/** Removes a link, and not what it leads to. */
export const remove = ({ root }: LocalSettings): ObjectStore["remove"] =>
  Effect.fnUntraced(function* (path) {
    const file = yield* contained(root, path)
    if ((yield* lstat(file)).isDirectory()) {
      return yield* StorageError.of("is_a_directory", "there is a directory at this path")
    }
    yield* attempt(() => fs.unlink(file))
  }, orGone)
