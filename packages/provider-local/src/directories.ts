/**
 * Making, removing and moving directories.
 */
import { Path, StorageError, type ObjectStore } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import * as fs from "node:fs/promises"
import { contained, madeDirectory } from "./containment.ts"
import { attempt, lstat, present, syncDirectory } from "./fileSystem.ts"
import { fileOf } from "./names.ts"
import type { LocalSettings } from "./normalize.ts"

/** Makes the directories on the way, too. */
export const createDirectory =
  ({ root }: LocalSettings): NonNullable<ObjectStore["createDirectory"]> =>
  (path) =>
    Effect.asVoid(madeDirectory(root, path))

/** The root cannot be removed: `permission_denied`. */
export const removeDirectory = ({ root }: LocalSettings): NonNullable<ObjectStore["removeDirectory"]> =>
  Effect.fnUntraced(function* (path) {
    if (path.length === 0) return yield* StorageError.of("permission_denied", "the root stays")
    const file = yield* contained(root, path)
    yield* attempt(() => fs.rmdir(file))
  }, orGone)

/** `rename` puts a directory in the place of an empty one without a word, so that what is there is looked for first. */
export const moveDirectory = ({ root }: LocalSettings): NonNullable<ObjectStore["moveDirectory"]> =>
  Effect.fnUntraced(function* (from, to) {
    if (from.length === 0 || to.length === 0) return yield* StorageError.of("permission_denied", "the root stays")
    const source = yield* contained(root, from)
    if (!(yield* lstat(source)).isDirectory()) {
      return yield* StorageError.of("not_a_directory", "there is no directory at this path")
    }
    if (Path.startsWith(to, from)) return yield* StorageError.of("invalid_value", "a directory cannot go into itself")
    const target = yield* fileOf(root, to)
    const directory = yield* madeDirectory(root, to.slice(0, -1))
    if ((yield* present(target)) !== undefined) {
      return yield* StorageError.of("already_exists", "there is something at the new path")
    }
    yield* attempt(() => fs.rename(source, target))
    yield* syncDirectory(directory)
  })
