/**
 * Bodies that came as gzip.
 */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { createGunzip, type Gunzip } from "node:zlib"
import type { Body } from "./ObjectStore.ts"
import { StorageError } from "./StorageError.ts"
import { readBlocks } from "./transport/readBlocks.ts"

const damaged = StorageError.of("integrity_error", "the bytes are no gzip, or are damaged or cut off")

/** Bytes of a block of output. */
const chunkSize = 64 * 1024

/** Feeds the compressed blocks, each once the one before was taken. */
const feed = (body: Body, gunzip: Gunzip): Effect.Effect<void, StorageError> =>
  Effect.andThen(
    Stream.runForEach(body, (block) =>
      Effect.callback<void, StorageError>((resume) => {
        gunzip.write(block, (error) => resume(error == null ? Effect.void : Effect.fail(damaged)))
      })
    ),
    Effect.sync(() => void gunzip.end())
  )

/**
 * The bytes that a gzip stream (RFC 1952) holds, block by block. Fails with `integrity_error` if it is damaged or cut
 * off, and as its source fails. No more of the source is pulled than the reader takes.
 */
export const gunzipped = (body: Body): Body =>
  Stream.unwrap(
    Effect.gen(function* () {
      const gunzip = yield* Effect.acquireRelease(
        Effect.sync(() => createGunzip({ chunkSize })),
        (it) => Effect.sync(() => it.destroy())
      )
      return Stream.mergeEffect(
        readBlocks(gunzip, () => damaged),
        feed(body, gunzip)
      )
    })
  )
