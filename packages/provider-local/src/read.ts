/**
 * Reading a file, or a range of it.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import type { Body } from "@mooring/core/ObjectStore"
import { boundsOf, isRange } from "@mooring/core/ranges"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { constants } from "node:fs"
import type { FileHandle } from "node:fs/promises"
import { contained } from "./containment.ts"
import { attempt, openFile, statOf } from "./fileSystem.ts"
import { requireObject } from "./info.ts"
import type { LocalSettings } from "./normalize.ts"

const blockSize = 1024 * 1024

/** The bytes from `start` to `end`, one block per pull, and then `after`. */
const blocks = (handle: FileHandle, start: number, end: number, after: Effect.Effect<unknown, StorageError>): Body =>
  Stream.fromPull(
    Effect.sync(() => {
      let position = start
      return Effect.suspend(() => {
        if (position >= end) return Effect.flatMap(after, () => Cause.done())
        const block = Buffer.allocUnsafeSlow(Math.min(blockSize, end - position))
        return Effect.flatMap(
          attempt(() => handle.read(block, 0, block.byteLength, position)),
          ({ bytesRead }) => {
            if (bytesRead === 0) {
              return StorageError.of("integrity_error", "the file became shorter while it was read")
            }
            position += bytesRead
            return Effect.succeed([block.subarray(0, bytesRead)] as const)
          }
        )
      })
    })
  )

/** A file that changes while it is read is `integrity_error`, seen at the end of the body at the latest. */
export const read = ({ root }: LocalSettings): ObjectStore["read"] =>
  Effect.fnUntraced(function* (path, { range, ifMatch, version } = {}) {
    if (version !== undefined) return yield* StorageError.of("unsupported", "a file has no versions")
    if (range !== undefined && !isRange(range)) return yield* StorageError.of("invalid_value", "this is not a range")
    const file = yield* contained(root, path)
    const handle = yield* openFile(file, constants.O_RDONLY | constants.O_NONBLOCK)
    const info = yield* requireObject(path, yield* statOf(handle), ifMatch)
    const limits = boundsOf(range ?? { start: 0 }, info.size ?? 0)
    if (limits === undefined)
      return yield* StorageError.of("invalid_value", "the range starts behind the end of the file")
    const unchanged = Effect.flatMap(statOf(handle), (stats) =>
      Effect.mapError(requireObject(path, stats, info.validator), () =>
        StorageError.of("integrity_error", "the file was changed while it was read")
      )
    )
    return { info, body: blocks(handle, ...limits, unchanged) }
  })
