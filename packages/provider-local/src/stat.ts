/**
 * What is at a path.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import { contained } from "./containment.ts"
import { lstat } from "./fileSystem.ts"
import { entryOf } from "./info.ts"
import type { LocalSettings } from "./normalize.ts"

/** What is neither a regular file nor a directory is `not_found`. */
export const stat = ({ root }: LocalSettings): ObjectStore["stat"] =>
  Effect.fnUntraced(function* (path) {
    const entry = entryOf(path, yield* lstat(yield* contained(root, path)))
    return entry ?? (yield* StorageError.of("not_found", "there is no regular file at this path"))
  })
