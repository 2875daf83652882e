/**
 * A body of ours as one that undici pulls: one block per pull, so that back-pressure counts bytes.
 */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { exactly } from "../checksums/stream.ts"
import type { RequestBody } from "../Transport.ts"
import type { StorageError } from "../StorageError.ts"

export interface PreparedBody {
  readonly body: Uint8Array | AsyncIterable<Uint8Array> | null
  readonly headers: Readonly<Record<string, string>>
  /** What the stream of the body failed with, which undici reports as an error of its own. */
  readonly failure: () => StorageError | undefined
}

const none = () => undefined

/** What undici sends for a body, and the length header that belongs to it. */
export const prepareBody = (body: RequestBody | undefined): PreparedBody => {
  if (body === undefined) return { body: null, headers: {}, failure: none }
  if (body instanceof Uint8Array) return { body, headers: { "content-length": String(body.byteLength) }, failure: none }
  const source = "open" in body ? body.open() : body.once
  const sized = body.size === undefined ? source : exactly(source, body.size)
  let failed: StorageError | undefined
  const noted = Stream.tapError(sized, (error) =>
    Effect.sync(() => {
      failed = error
    })
  )
  const single = Stream.flatMap(Stream.chunks(noted), (blocks) => Stream.fromIterable(blocks, { chunkSize: 1 }))
  return {
    body: Stream.toAsyncIterable(single),
    headers: body.size === undefined ? {} : { "content-length": String(body.size) },
    failure: () => failed
  }
}
