/**
 * Writing an object: in one request, or in parts.
 *
 * A body of at most one chunk is read into memory first: it is sent with its MD5, which the service verifies, and again
 * if need be. A larger one below the cutoff is streamed once and its ETag compared, or read into memory too where the
 * settings want payloads signed. All others go up in parts.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import { makeBodyReader } from "@mooring/core/BodyReader"
import { requireHex, requireMd5 } from "@mooring/core/checksums/announcedMd5"
import { digestOf, makeHasher } from "@mooring/core/checksums/Hasher"
import { hashing } from "@mooring/core/checksums/stream"
import type { Body } from "@mooring/core/ObjectStore"
import { nextPiece, partSizeOf } from "@mooring/core/pieces"
import type { Headers } from "@mooring/core/Transport"
import { writtenInfo, type Written } from "@mooring/core/writtenInfo"
import * as Effect from "effect/Effect"
import { digestHeaders, hexOf, md5Headers } from "./api/digest.ts"
import type { S3Client } from "./api/S3Client.ts"
import { conditionHeaders, etagsAreMd5, md5Header, md5OfEtag, storedHeaders, validatorOf } from "./headers.ts"
import { targetOf, type Target } from "./keys.ts"
import { sendParts, withUpload } from "./multipart.ts"
import { deleteObject, putObject } from "./S3Api.ts"
import type { S3Settings } from "./S3Settings.ts"

interface Job {
  readonly client: S3Client
  readonly target: Target
  /** What is stored with the object. */
  readonly headers: Headers
  /** What must hold of the place. */
  readonly conditions: Headers
  /** The MD5 that was announced, in hex. */
  readonly md5: string | undefined
}

const onlyWhole = StorageError.of("unsupported", "a body of unknown size can only go up in parts", {
  pointer: "#/use_multipart_uploads"
})

/** The most bytes of one request, and so of one part: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const maxRequest = 5 * 1024 ** 3

/** An object that would need a larger request than the service takes is refused before any byte of it is sent. */
const tooLarge = (whole: boolean): StorageError =>
  whole
    ? StorageError.of("body_too_large", "an object of more than 5 GiB can only go up in parts", {
        pointer: "#/use_multipart_uploads"
      })
    : StorageError.of("body_too_large", "the object needs more parts of 5 GiB than an upload may have", {
        pointer: "#/max_upload_parts"
      })

/** The MD5 of an object sent whole, in hex, is kept with it where encryption makes another thing of the ETag. */
const keptMd5 = (settings: S3Settings, md5: string | undefined): Headers =>
  md5 === undefined || settings.disableChecksum || etagsAreMd5(settings) ? {} : md5Header(md5)

/** The MD5 that the service computed, in hex, if its ETag is one. */
const foundMd5 = (settings: S3Settings, answer: Headers): string | undefined =>
  etagsAreMd5(settings) ? md5OfEtag(answer) : undefined

const notWhatWasSent = StorageError.of("integrity_error", "the service stored other bytes than were sent")

/**
 * Sends bytes in one request. A conditional one is tried once: its own success would make a second try fail.
 */
const putBytes = Effect.fnUntraced(function* ({ client, target, headers, conditions, md5 }: Job, bytes: Uint8Array) {
  const digest = yield* digestOf("md5", bytes)
  yield* requireMd5(md5, hexOf(digest))
  const settings = yield* client.settings
  const kept = keptMd5(settings, hexOf(digest))
  const proof = yield* digestHeaders(settings, bytes, digest)
  const call = putObject(client, target, bytes, { ...headers, ...kept, ...conditions, ...proof })
  const answer = yield* Object.keys(conditions).length === 0
    ? client.repeated(call, bytes.byteLength)
    : client.once(call, bytes.byteLength)
  const found = foundMd5(settings, answer)
  if (found !== undefined && found !== hexOf(digest)) return yield* notWhatWasSent
  return { size: bytes.byteLength, validator: validatorOf(answer["etag"]), md5: found } satisfies Written
})

/** Where the service would ignore the conditions of an upload in parts, the object would be replaced in spite of them. */
export const refuseIgnored = (conditions: Headers, { multipartConditions }: S3Settings) =>
  multipartConditions || Object.keys(conditions).length === 0
    ? Effect.void
    : Effect.fail(StorageError.of("unsupported", "this service ignores conditions on objects that go up in parts"))

/**
 * Sends a body of known size in one request while it is read, and compares its MD5 afterwards. One that was announced
 * goes with it, so that the service refuses another body.
 */
const putStream = Effect.fnUntraced(function* (job: Job, body: Body, size: number) {
  const { client, target, conditions } = job
  const hasher = yield* makeHasher("md5")
  const settings = yield* client.settings
  const announced = job.md5 === undefined ? {} : md5Headers(Buffer.from(job.md5, "hex"))
  const headers = { ...job.headers, ...keptMd5(settings, job.md5), ...conditions, ...announced }
  const call = putObject(client, target, { once: hashing(body, hasher), size }, headers)
  const answer = yield* client.once(call, size)
  const md5 = hexOf(hasher.digest())
  const found = foundMd5(settings, answer)
  if ((found ?? md5) !== md5 || (job.md5 ?? md5) !== md5) {
    yield* Effect.ignore(client.repeated(deleteObject(client, target)))
    return yield* notWhatWasSent
  }
  return { size, validator: validatorOf(answer["etag"]), md5: found } satisfies Written
})

/** Reads the body piece by piece and sends it whole if it has only one, else in parts. */
const putPieces = Effect.fnUntraced(function* (job: Job, body: Body, size: number | undefined, whole: boolean) {
  const { client, target, conditions, md5 } = job
  const settings = yield* client.settings
  const { chunkSize, maxUploadParts, disableChecksum } = settings
  if (!whole && size !== undefined) yield* refuseIgnored(conditions, settings)
  const hasher = yield* makeHasher("md5")
  const reader = yield* makeBodyReader(job.md5 === undefined ? body : hashing(body, hasher), size)
  const partSize = partSizeOf(chunkSize, size, maxUploadParts)
  const first = yield* nextPiece(client.budget, reader, whole && size !== undefined ? size + 1 : partSize)
  if (whole || (size === undefined && first.bytes.byteLength < partSize)) return yield* putBytes(job, first.bytes)
  if (!settings.multipartUploads) return yield* onlyWhole
  yield* refuseIgnored(conditions, settings)
  const headers = { ...job.headers, ...(md5 !== undefined && !disableChecksum && md5Header(md5)) }
  const send = sendParts(client, target, reader, partSize, first)
  const answer = yield* withUpload(client, target, headers, conditions, (uploadId) =>
    Effect.tap(send(uploadId), () => (md5 === undefined ? Effect.void : requireMd5(md5, hexOf(hasher.digest()))))
  )
  return { size: reader.received(), validator: validatorOf(answer["etag"]), md5 } satisfies Written
}, Effect.scoped)

/** The upload time is not in the answer, so `modified` is there only if it was given: `stat` has it. */
export const write = (client: S3Client): ObjectStore["write"] =>
  Effect.fnUntraced(function* (path, body, options = {}) {
    const settings = yield* client.settings
    if (options.ifMatch !== undefined && !settings.writeConditions.includes("ifMatch")) {
      return yield* StorageError.of("unsupported", "this service does not compare the state that a write names")
    }
    const target = yield* targetOf(settings, path)
    const job = {
      client,
      target,
      headers: yield* storedHeaders(options, settings),
      conditions: conditionHeaders(options),
      md5: options.md5
    }
    const { size, md5 } = options
    yield* requireHex(md5)
    const whole = size !== undefined && (size < settings.uploadCutoff || !settings.multipartUploads)
    if (size !== undefined && size > maxRequest * (whole ? 1 : settings.maxUploadParts)) return yield* tooLarge(whole)
    // What proves that bytes arrived is compared afterwards: an ETag that is an MD5.
    const streamed = settings.unsignedPayload && settings.directoryBuckets === undefined
    const stored =
      whole && size > settings.chunkSize && streamed
        ? yield* putStream(job, body, size)
        : yield* putPieces(job, body, size, whole)
    return writtenInfo(path, options, stored)
  })
