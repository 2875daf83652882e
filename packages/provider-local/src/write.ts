/**
 * Writing a file: aside, to disk, and then in one step to its place.
 */
import { StorageError, type ObjectStore, type WriteOptions } from "@mooring/core"
import { announced } from "@mooring/core/checksums/stream"
import * as Effect from "effect/Effect"
import { randomUUID } from "node:crypto"
import { constants } from "node:fs"
import * as fs from "node:fs/promises"
import { madeDirectory } from "./containment.ts"
import { attempt, lstat, openFile, present, syncDirectory } from "./fileSystem.ts"
import { objectInfo, requireObject } from "./info.ts"
import { fileOf, inDirectory, temporaryPrefix } from "./names.ts"
import type { LocalSettings } from "./normalize.ts"
import { writeBody } from "./writeBody.ts"

const refuseWhatIsNotStored = ({ contentType, metadata }: WriteOptions) => {
  if (contentType !== undefined) return Effect.fail(StorageError.of("unsupported", "a file has no content type"))
  if (metadata !== undefined) return Effect.fail(StorageError.of("unsupported", "a file has no metadata"))
  return Effect.void
}

const checkConditions = Effect.fnUntraced(function* (
  path: ReadonlyArray<string>,
  file: Uint8Array,
  { ifMatch, ifNoneMatch }: WriteOptions
) {
  const stats = yield* present(file)
  if (stats?.isDirectory() === true)
    return yield* StorageError.of("is_a_directory", "there is a directory at this path")
  if (stats !== undefined && ifNoneMatch !== undefined) {
    return yield* StorageError.of("precondition_failed", "there is a file already")
  }
  if (ifMatch === undefined) return
  if (stats === undefined) return yield* StorageError.of("precondition_failed", "there is no file")
  yield* requireObject(path, stats, ifMatch)
})

/** The file is there whole once this returns, also after a crash; until then what was there before is. */
export const write = ({ root }: LocalSettings): ObjectStore["write"] =>
  Effect.fnUntraced(function* (path, body, options = {}) {
    if (path.length === 0) return yield* StorageError.of("is_a_directory", "the root is a directory")
    yield* refuseWhatIsNotStored(options)
    const file = yield* fileOf(root, path)
    const directory = yield* madeDirectory(root, path.slice(0, -1))
    yield* checkConditions(path, file, options)
    const aside = inDirectory(directory, Buffer.from(temporaryPrefix + randomUUID()))
    const store = Effect.scoped(
      Effect.gen(function* () {
        const handle = yield* openFile(aside, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL)
        yield* writeBody(handle, announced(body, options), options.size)
        const { modified } = options
        if (modified !== undefined) yield* attempt(() => handle.utimes(modified / 1000, modified / 1000))
        yield* attempt(() => handle.sync())
      })
    )
    const discard = Effect.ignore(attempt(() => fs.unlink(aside)))
    const commit = Effect.gen(function* () {
      if (options.ifMatch !== undefined) yield* checkConditions(path, file, options)
      if (options.ifNoneMatch === undefined) yield* attempt(() => fs.rename(aside, file))
      // The only atomic step there is that fails where a name exists.
      else
        yield* Effect.andThen(
          attempt(() => fs.link(aside, file)),
          discard
        )
      yield* syncDirectory(directory)
      return objectInfo(path, yield* lstat(file))
    })
    return yield* Effect.onError(Effect.andThen(store, commit), () => discard)
  })
