/**
 * Writing an object: in one request, or in blocks.
 *
 * A body of at most one chunk is read into memory first: it is sent with its MD5, which the service verifies, and again
 * if need be. All others go up in blocks, each with its MD5; that of the whole is stored with the list of blocks.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import { storePolicy } from "@mooring/core/Attempts"
import { makeBodyReader } from "@mooring/core/BodyReader"
import { requireHex, requireMd5 } from "@mooring/core/checksums/announcedMd5"
import { digestOf, makeHasher } from "@mooring/core/checksums/Hasher"
import { hashing } from "@mooring/core/checksums/stream"
import type { Body } from "@mooring/core/ObjectStore"
import { nextPiece, partSizeOf, sendPieces } from "@mooring/core/pieces"
import type { Headers } from "@mooring/core/Transport"
import { writtenInfo, type Written } from "@mooring/core/writtenInfo"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { putBlob } from "./api/blobs.ts"
import type { BlobClient } from "./api/BlobClient.ts"
import { putBlock, putBlockList } from "./api/blocks.ts"
import { unarchived } from "./archive.ts"
import { blockId, newUploadId } from "./blockIds.ts"
import { conditionHeaders, storedHeaders, validatorOf } from "./headers.ts"
import { targetOf, type Target } from "./keys.ts"
import { discardStaged } from "./staged.ts"

interface Job {
  readonly client: BlobClient
  readonly target: Target
  /** What is stored with the object. */
  readonly headers: Headers
  /** What must hold of the place. */
  readonly conditions: Headers
  /** The MD5 that was announced, in hex. */
  readonly md5: string | undefined
}

/** The most blocks of a blob: https://learn.microsoft.com/azure/storage/blobs/scalability-targets */
export const maxBlocks = 50_000

/** Bytes of the largest block. */
export const maxBlock = 4000 * 1024 ** 2

/** Milliseconds after which the blocks of a failed upload are left to the service. */
const discardPatience = 15_000

const hexOf = (digest: Uint8Array): string => Buffer.from(digest).toString("hex")
const base64Of = (digest: Uint8Array): string => Buffer.from(digest).toString("base64")

/** A conditional call is tried once: its own success would make a second try fail. */
const tried = <A>(client: BlobClient, conditions: Headers, call: Parameters<typeof client.repeated<A>>[0], bytes = 0) =>
  Object.keys(conditions).length === 0 ? client.repeated(call, bytes) : client.once(call, bytes)

const putBytes = Effect.fnUntraced(function* ({ client, target, headers, conditions, md5 }: Job, bytes: Uint8Array) {
  const digest = yield* digestOf("md5", bytes)
  yield* requireMd5(md5, hexOf(digest))
  const all = { ...headers, ...conditions, "content-md5": base64Of(digest) }
  const answer = yield* tried(client, conditions, putBlob(client, target, bytes, all), bytes.byteLength)
  return { size: bytes.byteLength, validator: validatorOf(answer["etag"]), md5: hexOf(digest) } satisfies Written
})

/** Runs what stages blocks and commits them; on failure and interruption the blocks are discarded. */
const orDiscarded = <A, R>({ client, target }: Job, uploadId: string, upload: Effect.Effect<A, StorageError, R>) =>
  Effect.onExit(upload, (exit) =>
    Exit.isSuccess(exit)
      ? Effect.void
      : discardStaged(client, target, uploadId).pipe(
          Effect.interruptible,
          Effect.timeoutOption(discardPatience),
          Effect.ignore
        )
  )

/** Reads the body piece by piece and sends it whole if it has only one, else in blocks. */
const putPieces = Effect.fnUntraced(function* (job: Job, body: Body, size: number | undefined) {
  const { client, target, headers, conditions } = job
  const { chunkSize, uploadConcurrency, disableChecksum } = yield* client.settings
  const hasher = yield* makeHasher("md5")
  const reader = yield* makeBodyReader(hashing(body, hasher), size)
  const partSize = partSizeOf(chunkSize, size, maxBlocks)
  if (partSize > maxBlock)
    return yield* StorageError.of("body_too_large", "a blob has at most 50,000 blocks of 4000 MiB")
  const whole = size !== undefined && size <= partSize
  const first = yield* nextPiece(client.budget, reader, whole ? size + 1 : partSize)
  if (whole || first.bytes.byteLength < partSize) return yield* putBytes(job, first.bytes)
  const uploadId = yield* newUploadId
  const rules = { partSize, concurrency: Math.min(uploadConcurrency, storePolicy.concurrency), maxParts: maxBlocks }
  const stage = (number: number, bytes: Uint8Array) =>
    Effect.as(client.repeated(putBlock(client, target, blockId(uploadId, number), bytes), bytes.byteLength), number)
  const upload = Effect.gen(function* () {
    const numbers = yield* sendPieces(client.budget, reader, rules, first, stage)
    const digest = hasher.digest()
    yield* requireMd5(job.md5, hexOf(digest))
    const ids = numbers.toSorted((left, right) => left - right).map((number) => blockId(uploadId, number))
    const kept = disableChecksum ? {} : { "x-ms-blob-content-md5": base64Of(digest) }
    const list = putBlockList(client, target, ids, { ...headers, ...kept, ...conditions })
    const answer = yield* tried(client, conditions, list)
    const md5 = disableChecksum ? undefined : hexOf(digest)
    return { size: reader.received(), validator: validatorOf(answer["etag"]), md5 } satisfies Written
  })
  return yield* orDiscarded(job, uploadId, upload)
}, Effect.scoped)

/** The upload time is not in the answer, so `modified` is there only if it was given: `stat` has it. */
export const write = (client: BlobClient): ObjectStore["write"] =>
  Effect.fnUntraced(function* (path, body, options = {}) {
    const { size, md5 } = options
    const target = yield* targetOf(yield* client.settings, path)
    const headers = yield* storedHeaders(options)
    yield* requireHex(md5)
    const conditions = conditionHeaders(yield* unarchived(client, target, options))
    return writtenInfo(path, options, yield* putPieces({ client, target, headers, conditions, md5 }, body, size))
  })
