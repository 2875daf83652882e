/**
 * A body into an open file, in few calls: each costs a turn of the thread pool, much more than copying blocks together.
 */
import type { StorageError } from "@mooring/core"
import type { Body } from "@mooring/core/ObjectStore"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { FileHandle } from "node:fs/promises"
import { writeAll } from "./fileSystem.ts"

/** Bytes that are gathered for one call. */
const most = 1024 * 1024

/** Writes the body behind what was written. `size` is how many bytes it has, where that is known. */
export const writeBody = (handle: FileHandle, body: Body, size = most): Effect.Effect<void, StorageError> =>
  Effect.suspend(() => {
    const memory = Buffer.allocUnsafeSlow(Math.min(most, size))
    let filled = 0
    const flush = Effect.suspend(() => {
      const gathered = memory.subarray(0, filled)
      filled = 0
      return writeAll(handle, gathered)
    })
    const take = (block: Uint8Array): Effect.Effect<void, StorageError> => {
      if (block.byteLength > memory.byteLength) return Effect.andThen(flush, writeAll(handle, block))
      if (filled + block.byteLength > memory.byteLength) return Effect.flatMap(flush, () => take(block))
      memory.set(block, filled)
      filled += block.byteLength
      return Effect.void
    }
    return Effect.andThen(Stream.runForEach(body, take), flush)
  })
