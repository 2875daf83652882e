/**
 * Writing an object: in one request, or in parts.
 *
 * A small body is read into memory first: it is sent with its SHA-1, and again if need be. A larger one up to the cutoff
 * is streamed once with its SHA-1 at its end. All others go up in parts. The service verifies each SHA-1.
 */
import { StorageError, type ObjectInfo, type ObjectStore, type Path, type WriteOptions } from "@mooring/core"
import { requireHex, requireMd5 } from "@mooring/core/checksums/announcedMd5"
import { makeHasher, digestOf, type Hasher } from "@mooring/core/checksums/Hasher"
import { announced, hashing } from "@mooring/core/checksums/stream"
import type { Body } from "@mooring/core/ObjectStore"
import { makeBodyReader } from "@mooring/core/BodyReader"
import { nextPiece, partSizeOf } from "@mooring/core/pieces"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { B2Client } from "./api/B2Client.ts"
import type { NewInfo } from "./api/files.ts"
import { requirePrefix } from "./api/capabilities.ts"
import { uploadFile } from "./B2Api.ts"
import { inBucketOnce } from "./bucketIds.ts"
import { factsOfVersion, objectInfoOf, storedInfo, storedType, withChecksums } from "./info.ts"
import { targetOf } from "./keys.ts"
import { maxParts, sendParts, sha1Of, withLargeFile } from "./largeFile.ts"
import type { FileVersion } from "./wire.ts"

/** Bytes up to which a body is read into memory, to be sent again if need be. */
export const smallBody = 5 * 1024 * 1024

/** The largest object: https://www.backblaze.com/docs/cloud-storage-large-files */
export const maxSize = 10_000_000_000_000

interface Job {
  readonly client: B2Client
  readonly bucketId: string
  readonly fileName: string
  readonly info: NewInfo
  /** The MD5 that was announced, in hex. */
  readonly md5: string | undefined
}

const hexOf = (hasher: Hasher): string => Buffer.from(hasher.digest()).toString("hex")

/** Sends bytes in one request. */
const putBytes = Effect.fnUntraced(function* ({ client, bucketId, fileName, info, md5 }: Job, body: Uint8Array) {
  if (md5 !== undefined) yield* requireMd5(md5, Buffer.from(yield* digestOf("md5", body)).toString("hex"))
  const file = { fileName, ...info, sha1: yield* sha1Of(body), body }
  return yield* client.repeated(uploadFile(client, bucketId, file), body.byteLength)
})

/** Digits of a SHA-1 in hex, which come behind the bytes. */
const sha1Digits = 40

/** Sends a body of known size in one request while it is read. A body that is not as announced ends without its SHA-1. */
const putStream = Effect.fnUntraced(function* (
  { client, bucketId, fileName, info, md5 }: Job,
  body: Body,
  size: number
) {
  const hasher = yield* makeHasher("sha1")
  const checked = announced(body, { size, ...(md5 !== undefined && { md5 }) })
  const once = Stream.concat(
    hashing(checked, hasher),
    Stream.suspend(() => Stream.succeed(Buffer.from(hexOf(hasher)) as Uint8Array))
  )
  const file = { fileName, ...info, sha1: "hex_digits_at_end", body: { once, size: size + sha1Digits } }
  return yield* client.once(uploadFile(client, bucketId, file, true), size)
})

/** Reads the body piece by piece and sends it whole if it is small, else in parts. */
const putPieces = Effect.fnUntraced(function* (job: Job, body: Body, size: number | undefined) {
  const { client, bucketId, fileName, info, md5 } = job
  const { chunkSize, disableChecksum, uploadCutoff } = yield* client.settings
  const hasher = yield* makeHasher("md5")
  const reader = yield* makeBodyReader(md5 === undefined ? body : hashing(body, hasher), size)
  const inParts = size !== undefined && size > uploadCutoff
  const first = inParts ? undefined : yield* nextPiece(client.budget, reader, smallBody)
  if (first !== undefined && !(yield* reader.more)) return yield* putBytes(job, first.bytes)
  const fileInfo = disableChecksum ? info.fileInfo : withChecksums(info.fileInfo, { md5 })
  const send = sendParts(client, reader, partSizeOf(chunkSize, size, maxParts), first)
  return yield* withLargeFile(client, { bucketId, fileName }, { ...info, fileInfo }, (fileId) =>
    Effect.tap(send(fileId), () => (md5 === undefined ? Effect.void : requireMd5(md5, hexOf(hasher))))
  )
}, Effect.scoped)

/** What was stored. What was asked to be stored is said as it was asked, since answers may leave it out. */
const infoOf = (path: Path, version: FileVersion, { fileInfo, contentType }: NewInfo): ObjectInfo =>
  objectInfoOf(path, factsOfVersion({ ...version, fileInfo, contentType: version.contentType ?? contentType }))

/** B2 has no conditions: of two who write, both succeed and the later one is seen. */
export const refuseConditions = ({ ifMatch, ifNoneMatch }: Pick<WriteOptions, "ifMatch" | "ifNoneMatch">) =>
  ifMatch === undefined && ifNoneMatch === undefined
    ? Effect.void
    : Effect.fail(StorageError.of("unsupported", "B2 has no conditions on what is replaced"))

/** What is stored with an object of these options. */
export const newInfoOf = Effect.fnUntraced(function* (options: WriteOptions) {
  return { contentType: yield* storedType(options), fileInfo: yield* storedInfo(options) } satisfies NewInfo
})

/** b2_upload_file, or a large file. */
export const write = (client: B2Client): ObjectStore["write"] =>
  Effect.fnUntraced(function* (path, body, options = {}) {
    const settings = yield* client.settings
    const { bucket, key } = yield* targetOf(settings, path)
    yield* refuseConditions(options)
    const info = yield* newInfoOf(options)
    const { size, md5 } = options
    yield* requireHex(md5)
    if (size !== undefined && size > maxSize) {
      return yield* StorageError.of("body_too_large", "B2 keeps objects of at most 10 TB")
    }
    yield* requirePrefix(yield* client.authorized, key)
    const stored = yield* inBucketOnce(client, bucket, (bucketId) => {
      const job: Job = { client, bucketId, fileName: key, info, md5 }
      return size !== undefined && size > smallBody && size <= settings.uploadCutoff
        ? putStream(job, body, size)
        : putPieces(job, body, size)
    })
    return infoOf(path, stored, info)
  })
