/**
 * The remote calls of an upload in parts, each a single attempt.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
import { StorageError } from "@mooring/core"
import type { Headers } from "@mooring/core/Transport"
import { textOf } from "@mooring/core/xml/XmlElement"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Target, VersionTarget } from "../keys.ts"
import { completeBody, documentNamed, documentOf, partsOf, uploadsOf, type CompletedPart } from "../wire.ts"
import { digestHeaders, partDigestHeaders } from "./digest.ts"
import { customerKeyHeaders, newObjectHeaders, sourceKeyHeaders } from "./objectHeaders.ts"
import { copySource } from "./objects.ts"
import { errorOf } from "./refusal.ts"
import { copyPatience, type S3Client } from "./S3Client.ts"

const required = (what: string, value: string | undefined) =>
  value === undefined || value === ""
    ? Effect.fail(StorageError.of("integrity_error", `the answer has no ${what}`))
    : Effect.succeed(value)

/** CreateMultipartUpload: the id of the upload. */
export const createUpload = Effect.fnUntraced(function* (client: S3Client, target: Target, headers: Headers) {
  const settings = yield* client.settings
  const stored = { ...newObjectHeaders(settings), ...partDigestHeaders(settings), ...headers }
  const answer = yield* client.send({ method: "POST", ...target, query: { uploads: "" }, headers: stored })
  return yield* required("upload id", textOf(yield* documentNamed(answer, "InitiateMultipartUploadResult"), "UploadId"))
}, Effect.scoped)

/** UploadPart: the headers of the answer, with an ETag, and the CRC-32 that was sent. The service verifies the digest. */
export const uploadPart = Effect.fnUntraced(function* (
  client: S3Client,
  target: Target,
  part: { readonly uploadId: string; readonly number: number; readonly body: Uint8Array; readonly md5: Uint8Array }
) {
  const query = { partNumber: String(part.number), uploadId: part.uploadId }
  const settings = yield* client.settings
  const headers = { ...(yield* digestHeaders(settings, part.body, part.md5)), ...customerKeyHeaders(settings) }
  const answer = yield* client.send({ method: "PUT", ...target, query, headers, body: part.body })
  yield* required("ETag", answer.headers["etag"])
  const crc32 = headers["x-amz-checksum-crc32"]
  return { headers: answer.headers, ...(crc32 !== undefined && { crc32 }) }
}, Effect.scoped)

/** UploadPartCopy of bytes `start` to `end` inclusive: the ETag of the part, and its CRC-32 where that is asked for. */
export const copyPart = Effect.fnUntraced(function* (
  client: S3Client,
  from: VersionTarget,
  to: Target,
  part: { readonly uploadId: string; readonly number: number; readonly start: number; readonly end: number },
  headers: Headers
) {
  const settings = yield* client.settings
  const answer = yield* client.send({
    method: "PUT",
    ...to,
    query: { partNumber: String(part.number), uploadId: part.uploadId },
    headers: {
      ...copySource(from),
      "x-amz-copy-source-range": `bytes=${part.start}-${part.end}`,
      ...customerKeyHeaders(settings),
      ...sourceKeyHeaders(settings),
      ...headers
    },
    idleTimeout: copyPatience,
    ofAccount: true
  })
  const root = yield* documentOf(answer)
  if (root.name === "Error") return yield* errorOf(answer, root, yield* Clock.currentTimeMillis)
  const etag = yield* required("ETag", textOf(root, "ETag"))
  const crc32 = textOf(root, "ChecksumCRC32")
  return { number: part.number, etag, ...(crc32 !== undefined && { crc32 }) } satisfies CompletedPart
}, Effect.scoped)

/** CompleteMultipartUpload: the headers of the answer with the ETag of its body. 200 may still be an error. */
export const completeUpload = Effect.fnUntraced(function* (
  client: S3Client,
  target: Target,
  uploadId: string,
  parts: ReadonlyArray<CompletedPart>,
  headers: Headers
) {
  const answer = yield* client.send({
    method: "POST",
    ...target,
    query: { uploadId },
    headers: { "content-type": "application/xml", ...headers },
    body: yield* completeBody(parts),
    idleTimeout: copyPatience
  })
  const root = yield* documentOf(answer)
  if (root.name === "Error") return yield* errorOf(answer, root, yield* Clock.currentTimeMillis)
  const etag = textOf(root, "ETag")
  return { ...answer.headers, ...(etag !== undefined && { etag }) } as Headers
}, Effect.scoped)

/** AbortMultipartUpload. */
export const abortUpload = (client: S3Client, target: Target, uploadId: string) =>
  Effect.scoped(Effect.asVoid(client.send({ method: "DELETE", ...target, query: { uploadId } })))

/** ListParts: one page of the parts that an upload has, in the order of their numbers. */
export const listParts = Effect.fnUntraced(function* (
  client: S3Client,
  target: Target,
  uploadId: string,
  after?: string
) {
  const query = { uploadId, "part-number-marker": after }
  const headers = customerKeyHeaders(yield* client.settings)
  const answer = yield* client.send({ method: "GET", ...target, query, headers })
  return yield* partsOf(yield* documentNamed(answer, "ListPartsResult"))
}, Effect.scoped)

/** ListMultipartUploads: one page of those of a bucket. */
export const listMultipartUploads = Effect.fnUntraced(function* (
  client: S3Client,
  bucket: string,
  after: { readonly key: string; readonly id: string } | undefined
) {
  const query = { uploads: "", "key-marker": after?.key, "upload-id-marker": after?.id || undefined }
  return yield* uploadsOf(
    yield* documentNamed(yield* client.send({ method: "GET", bucket, query }), "ListMultipartUploadsResult")
  )
}, Effect.scoped)
