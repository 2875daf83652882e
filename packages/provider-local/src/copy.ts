/**
 * Copying, moving, and setting the modification time, in the file system itself.
 */
import type { ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as fs from "node:fs/promises"
import { contained, madeDirectory } from "./containment.ts"
import { attempt, lstat, syncDirectory } from "./fileSystem.ts"
import { objectInfo, requireObject } from "./info.ts"
import { fileOf } from "./names.ts"
import type { LocalSettings } from "./normalize.ts"
import { read } from "./read.ts"
import { write } from "./write.ts"

/** A copy is a read into a write: the kernel clones nothing across file systems, and atomicity is `write`'s. */
export const copy = (settings: LocalSettings): NonNullable<ObjectStore["copy"]> =>
  Effect.fnUntraced(function* (from, to, { ifMatch, ifNoneMatch } = {}) {
    const { info, body } = yield* read(settings)(from, ifMatch === undefined ? {} : { ifMatch })
    return yield* write(settings)(to, body, {
      ...(info.size !== undefined && { size: info.size }),
      ...(info.modified !== undefined && { modified: info.modified }),
      ...(ifNoneMatch !== undefined && { ifNoneMatch })
    })
  }, Effect.scoped)

/** A rename: one step in one file system, and `unsupported` from one to another. */
export const move = ({ root }: LocalSettings): NonNullable<ObjectStore["move"]> =>
  Effect.fnUntraced(function* (from, to) {
    const source = yield* contained(root, from)
    yield* requireObject(from, yield* lstat(source))
    const target = yield* fileOf(root, to)
    const directory = yield* madeDirectory(root, to.slice(0, -1))
    yield* attempt(() => fs.rename(source, target))
    yield* syncDirectory(directory)
    return objectInfo(to, yield* lstat(target))
  })

/** To the microsecond, where the file system keeps it. */
export const setModified = ({ root }: LocalSettings): NonNullable<ObjectStore["setModified"]> =>
  Effect.fnUntraced(function* (path, modified) {
    const file = yield* contained(root, path)
    yield* requireObject(path, yield* lstat(file))
    yield* attempt(() => fs.lutimes(file, modified / 1000, modified / 1000))
    return objectInfo(path, yield* lstat(file))
  })
