/**
 * Overwriting bytes of a file in its place.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import { constants } from "node:fs"
import { contained } from "./containment.ts"
import { attempt, openFile, writeAll } from "./fileSystem.ts"
import { objectInfo, requireObject } from "./info.ts"
import type { LocalSettings } from "./normalize.ts"

/** Writes and syncs; the file system fills what lies between the end of the file and the offset with zeros. */
export const writeAt = ({ root }: LocalSettings): NonNullable<ObjectStore["writeAt"]> =>
  Effect.fnUntraced(function* (path, offset, bytes) {
    if (!Number.isSafeInteger(offset) || offset < 0) {
      return yield* StorageError.of("invalid_value", "an offset is a whole number from 0 on")
    }
    const file = yield* contained(root, path)
    const handle = yield* openFile(file, constants.O_WRONLY | constants.O_NONBLOCK)
    yield* requireObject(path, yield* attempt(() => handle.stat()))
    yield* writeAll(handle, bytes, offset)
    yield* attempt(() => handle.sync())
    return objectInfo(path, yield* attempt(() => handle.stat()))
  }, Effect.scoped)
