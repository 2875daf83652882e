/**
 * Objects that go up in parts: the upload is completed, or aborted on failure and on interruption.
 *
 * The MD5 of such an object is kept in its metadata, as rclone does, if it is known before the first byte. That of a
 * stream is known after the last, when the metadata is fixed, so it is left out; a copy in parts carries it over.
 */
import { StorageError } from "@mooring/core"
import { storePolicy } from "@mooring/core/Attempts"
import type { BodyReader } from "@mooring/core/BodyReader"
import { digestOf } from "@mooring/core/checksums/Hasher"
import { sendPieces, type Piece } from "@mooring/core/pieces"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import { hexOf } from "./api/digest.ts"
import type { S3Client } from "./api/S3Client.ts"
import { etagsAreMd5, md5OfEtag } from "./headers.ts"
import type { Target } from "./keys.ts"
import { abortUpload, completeUpload, createUpload, deleteObject, headObject, uploadPart } from "./S3Api.ts"
import type { CompletedPart } from "./wire.ts"

/** A part that is stored; with its MD5 if the service says that its ETag is it. */
export interface StoredPart extends CompletedPart {
  readonly md5?: Uint8Array | undefined
}

/** The ETag of an object of these parts: the MD5 of their MD5s and their number. Undefined if one is not known. */
const etagOf = (parts: ReadonlyArray<StoredPart>): Effect.Effect<string | undefined> => {
  const digests = parts.flatMap(({ md5 }) => md5 ?? [])
  return digests.length < parts.length
    ? Effect.undefined
    : Effect.map(digestOf("md5", Buffer.concat(digests)), (digest) => `${hexOf(digest)}-${parts.length}`)
}

const bare = (etag: string | undefined): string => (etag ?? "").replaceAll('"', "").toLowerCase()

/** Completes an upload. A repeated call may find it gone since the first was done: the ETag of the object shows that. */
export const complete = Effect.fnUntraced(function* (
  client: S3Client,
  target: Target,
  uploadId: string,
  stored: ReadonlyArray<StoredPart>,
  conditions: Headers
) {
  const parts = stored.toSorted((left, right) => left.number - right.number)
  const { multipartEtag } = yield* client.settings
  const expected = multipartEtag ? yield* etagOf(parts) : undefined
  const call = completeUpload(client, target, uploadId, parts, conditions)
  const tried = Object.keys(conditions).length === 0 ? client.repeated(call) : client.once(call)
  const headers = yield* Effect.catch(tried, (error) =>
    error.reason._tag === "not_found" && expected !== undefined
      ? Effect.filterOrFail(
          client.repeated(headObject(client, target)),
          (found) => bare(found["etag"]) === expected,
          () => error
        )
      : Effect.fail(error)
  )
  if (
    expected !== undefined &&
    /^[0-9a-f]{32}-\d+$/.test(bare(headers["etag"])) &&
    bare(headers["etag"]) !== expected
  ) {
    yield* Effect.ignore(client.repeated(deleteObject(client, target)))
    return yield* StorageError.of("integrity_error", "the stored object is not made of the parts that were sent")
  }
  return headers
})

/** Milliseconds that an interruption waits for an upload to begin, so that it can be aborted. */
const beginGrace = 1000

/** Milliseconds after which the parts of a failed upload are left to the service. */
const abortPatience = 15_000

const discard = (client: S3Client, target: Target, uploadId: string) =>
  client
    .repeated(abortUpload(client, target, uploadId))
    .pipe(Effect.interruptible, Effect.timeoutOption(abortPatience), Effect.ignore)

/** An interruption while the upload begins: its id may be on its way, and without it nothing could abort it. */
const abandon = Effect.fnUntraced(function* (
  client: S3Client,
  target: Target,
  beginning: Fiber.Fiber<string, StorageError>
) {
  const exit = yield* Effect.timeoutOption(Effect.interruptible(Fiber.await(beginning)), beginGrace)
  if (exit._tag === "None") return yield* Effect.asVoid(Fiber.interrupt(beginning))
  if (Exit.isSuccess(exit.value)) yield* discard(client, target, exit.value.value)
})

/** Begins an upload, lets `send` store its parts, and completes it: the headers that show the object. */
export const withUpload = Effect.fnUntraced(function* <R>(
  client: S3Client,
  target: Target,
  headers: Headers,
  conditions: Headers,
  send: (uploadId: string) => Effect.Effect<ReadonlyArray<StoredPart>, StorageError, R>
) {
  const { leavePartsOnError } = yield* client.settings
  return yield* Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const begin = client.repeated(createUpload(client, target, headers))
      const beginning = yield* Effect.forkChild(Effect.interruptible(begin))
      const uploadId = yield* Effect.onInterrupt(restore(Fiber.join(beginning)), () =>
        abandon(client, target, beginning)
      )
      const stored = Effect.flatMap(send(uploadId), (parts) => complete(client, target, uploadId, parts, conditions))
      const exit = yield* Effect.exit(restore(stored))
      if (Exit.isFailure(exit) && !leavePartsOnError) yield* discard(client, target, uploadId)
      return yield* exit
    })
  )
})

/** Sends a body in parts, several at once. */
export const sendParts = (client: S3Client, target: Target, reader: BodyReader, partSize: number, first?: Piece) =>
  Effect.fnUntraced(function* (uploadId: string) {
    const settings = yield* client.settings
    const { uploadConcurrency, maxUploadParts, multipartEtag } = settings
    // More workers than the store may call at once would only wait, and the option has no bound of its own.
    const concurrency = Math.min(uploadConcurrency, storePolicy.concurrency)
    const rules = { partSize, concurrency, maxParts: maxUploadParts }
    return yield* sendPieces(client.budget, reader, rules, first, (number, bytes) =>
      Effect.gen(function* () {
        const md5 = yield* digestOf("md5", bytes)
        const part = uploadPart(client, target, { uploadId, number, body: bytes, md5 })
        const { headers, crc32 } = yield* client.repeated(part, bytes.byteLength)
        const found = etagsAreMd5(settings) ? md5OfEtag(headers) : undefined
        if (multipartEtag && found !== undefined && found !== hexOf(md5)) {
          return yield* StorageError.of("integrity_error", "the service stored another part than was sent")
        }
        const proven = { md5: found === undefined ? undefined : md5, ...(crc32 !== undefined && { crc32 }) }
        return { number, etag: headers["etag"] as string, ...proven } satisfies StoredPart
      })
    )
  })
