/**
 * Making and removing directories.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as fs from "node:fs/promises"
import { contained, madeDirectory } from "./containment.ts"
import { attempt } from "./fileSystem.ts"
import type { LocalSettings } from "./normalize.ts"
import { orGone } from "./remove.ts"

export const createDirectory =
  ({ root }: LocalSettings): NonNullable<ObjectStore["createDirectory"]> =>
  (path) =>
    Effect.asVoid(madeDirectory(root, path))

export const removeDirectory = ({ root }: LocalSettings): NonNullable<ObjectStore["removeDirectory"]> =>
  Effect.fnUntraced(function* (path) {
    if (path.length === 0) return yield* StorageError.of("permission_denied", "the root stays")
    const file = yield* contained(root, path)
    yield* attempt(() => fs.rmdir(file))
  }, orGone)
