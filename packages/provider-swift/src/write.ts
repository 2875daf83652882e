/**
 * Writing an object: in one request, or in segments.
 *
 * A body of up to 8 MiB is read into memory first: it is sent with its MD5, which the service verifies, and again if
 * need be. A larger one up to `chunk_size` is streamed once and its ETag compared. All others go up in segments.
 * Segments of what was there before go away once the new object is there.
 */
import { StorageError, type ObjectStore, type WriteOptions } from "@mooring/core"
import { makeBodyReader } from "@mooring/core/BodyReader"
import { requireHex, requireMd5 } from "@mooring/core/checksums/announcedMd5"
import { makeHasher } from "@mooring/core/checksums/Hasher"
import { hashing } from "@mooring/core/checksums/stream"
import type { Body } from "@mooring/core/ObjectStore"
import { nextPiece } from "@mooring/core/pieces"
import type { Headers } from "@mooring/core/Transport"
import { writtenInfo, type Written } from "@mooring/core/writtenInfo"
import * as Effect from "effect/Effect"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { md5Header, storedHeaders } from "./headers.ts"
import { newTargetOf, type Target } from "./keys.ts"
import { putSegments, type Joined } from "./largeObjects.ts"
import { maxObject } from "./normalize.ts"
import { buffered, putBytes, putStream, streamOf, type Stored } from "./pieces.ts"
import { segmentsAt } from "./remove.ts"
import { discard } from "./segments.ts"
import { bareEtag } from "./wire.ts"

/** A PUT with If-Match is not refused by the service but ignored, and one with If-None-Match races with others. */
export const noConditions = StorageError.of("unsupported", "the service honours no conditions on writes")

const tooLarge = (pointer: string) =>
  StorageError.of("body_too_large", "an object of more than 5 GiB goes up in segments", {
    pointer,
    suggestion: "leave the option out"
  })

/** The ETag of an object in one piece is the MD5 of its bytes. */
const whole = ({ size, md5 }: Stored): Written => ({ size, validator: md5, md5 })

/** The ETag of an object in segments says nothing of its bytes. */
const joined = ({ size, etag }: Joined): Written => ({ size, validator: bareEtag(etag), md5: undefined })

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
  if (inSegments && size !== undefined) return joined(yield* putSegments(segmented))
  const most = inSegments ? Math.min(chunkSize, buffered) : buffered
  // One byte more shows a body that is longer than it should be before anything is stored.
  const piece = yield* nextPiece(client.budget, reader, size !== undefined && size <= most ? size + 1 : most)
  const { bytes } = piece
  if (bytes.byteLength < most || bytes.byteLength === size) {
    return whole(yield* putBytes(client, target, bytes, headers, md5))
  }
  if (inSegments) return joined(yield* putSegments({ ...segmented, first: piece }))
  const announced: Headers = md5 === undefined ? {} : { etag: md5 }
  const rest = streamOf(reader, size ?? maxObject, bytes)
  return whole(yield* putStream(client, target, rest, size, { ...headers, ...announced }))
}, Effect.scoped)

/** The upload time is not in the answer, so `modified` is there only if it was given: `stat` has it. */
export const write = (client: SwiftClient): ObjectStore["write"] =>
  Effect.fnUntraced(function* (path, body, options = {}) {
    if (options.ifMatch !== undefined || options.ifNoneMatch !== undefined) return yield* noConditions
    const target = yield* newTargetOf(yield* client.settings, path)
    const headers = yield* storedHeaders(options)
    yield* requireHex(options.md5)
    const replaced = yield* segmentsAt(client, target)
    const written = yield* put(client, target, body, options, headers)
    yield* discard(client, replaced)
    return writtenInfo(path, options, written)
  })
