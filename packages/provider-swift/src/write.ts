/**
 * Writing an object: in one request, or in segments.
 *
 * A body of up to 8 MiB is read into memory first: it is sent with its MD5, which the service verifies, and again if
 * need be. A larger one up to `chunk_size` is streamed once and its ETag compared. All others go up in segments.
 * Segments of what was there before go away once the new object is there.
 */
import { StorageError, type ObjectInfo, type ObjectStore, type Path, type WriteOptions } from "@mooring/core"
import { makeBodyReader } from "@mooring/core/BodyReader"
import { makeHasher } from "@mooring/core/checksums/Hasher"
import { hashing } from "@mooring/core/checksums/stream"
import type { Body } from "@mooring/core/ObjectStore"
import { nextPiece } from "@mooring/core/pieces"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { md5Header, storedHeaders } from "./headers.ts"
import { newTargetOf, type Target } from "./keys.ts"
import { putSegments } from "./largeObjects.ts"
import { maxObject } from "./normalize.ts"
import { buffered, putBytes, putStream, requireMd5, streamOf } from "./pieces.ts"
import { segmentsAt } from "./remove.ts"
import { discard } from "./segments.ts"
import { bareEtag } from "./wire.ts"

/** What is known of an object that was just stored. */
interface Written {
  readonly size: number
  readonly etag?: string | undefined
  readonly md5?: string | undefined
}

/** A PUT with If-Match is not refused by the service but ignored, and one with If-None-Match races with others. */
export const noConditions = StorageError.of("unsupported", "the service honours no conditions on writes")

const tooLarge = (pointer: string) =>
  StorageError.of("body_too_large", "an object of more than 5 GiB goes up in segments", {
    pointer,
    suggestion: "leave the option out"
  })

/** Sends a body as it fits: at once, streamed, or in segments. */
const put = Effect.fnUntraced(function* (
  client: SwiftClient,
  target: Target,
  body: Body,
  { size, md5 }: WriteOptions,
  headers: Headers
) {
  const { chunkSize, chunkStreams, largeObjects } = yield* client.settings
  if (!largeObjects && size !== undefined && size > maxObject) return yield* tooLarge("#/no_large_objects")
  const inSegments = size === undefined ? chunkStreams : largeObjects && size > chunkSize
  const hasher = yield* makeHasher("md5")
  const reader = yield* makeBodyReader(md5 === undefined ? body : hashing(body, hasher), size)
  const verify = Effect.suspend((): Effect.Effect<Headers, StorageError> => {
    if (md5 === undefined) return Effect.succeed({})
    return Effect.as(requireMd5(md5, Buffer.from(hasher.digest()).toString("hex")), md5Header(md5))
  })
  const segmented = { client, target, reader, size, headers, verify }
  if (inSegments && size !== undefined) return (yield* putSegments(segmented)) satisfies Written
  const whole = inSegments ? Math.min(chunkSize, buffered) : buffered
  // One byte more shows a body that is longer than it should be before anything is stored.
  const piece = yield* nextPiece(client.budget, reader, size !== undefined && size <= whole ? size + 1 : whole)
  const { bytes } = piece
  if (bytes.byteLength < whole || bytes.byteLength === size) {
    const stored = yield* putBytes(client, target, bytes, headers, md5)
    return { ...stored, etag: stored.md5 } satisfies Written
  }
  if (inSegments) return (yield* putSegments({ ...segmented, first: piece })) satisfies Written
  const announced: Headers = md5 === undefined ? {} : { etag: md5 }
  const rest = streamOf(reader, size ?? maxObject, bytes)
  const stored = yield* putStream(client, target, rest, size, { ...headers, ...announced })
  return { ...stored, etag: stored.md5 } satisfies Written
}, Effect.scoped)

const infoOf = (path: Path, options: WriteOptions, { size, etag, md5 }: Written): ObjectInfo => {
  const validator = bareEtag(etag)
  return {
    kind: "object",
    path,
    size,
    metadata: options.metadata ?? {},
    ...(options.modified !== undefined && { modified: options.modified }),
    ...(options.contentType !== undefined && { contentType: options.contentType }),
    ...(validator !== undefined && { validator }),
    ...(md5 !== undefined && { checksums: { md5 } })
  }
}

/** The upload time is not in the answer, so `modified` is there only if it was given: `stat` has it. */
export const write = (client: SwiftClient): ObjectStore["write"] =>
  Effect.fnUntraced(function* (path, body, options = {}) {
    if (options.ifMatch !== undefined || options.ifNoneMatch !== undefined) return yield* noConditions
    const target = yield* newTargetOf(yield* client.settings, path)
    const headers = yield* storedHeaders(options)
    if (options.md5 !== undefined && !/^[0-9a-f]{32}$/.test(options.md5)) {
      return yield* StorageError.of("invalid_value", "an MD5 is 32 digits of lower-case hex")
    }
    const replaced = yield* segmentsAt(client, target)
    const written = yield* put(client, target, body, options, headers)
    yield* discard(client, replaced)
    return infoOf(path, options, written)
  })
