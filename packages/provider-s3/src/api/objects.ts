/**
 * The remote calls on one object, each a single attempt.
 */
import type { Headers, RequestBody } from "@mooring/core/Transport"
import { child, textOf } from "@mooring/core/xml/XmlElement"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Target, VersionTarget } from "../keys.ts"
import { encodeKey, encodeQuery } from "../signature.ts"
import { deleteBody, deleteErrorsOf, documentNamed, documentOf } from "../wire.ts"
import { digestHeaders } from "./digest.ts"
import { customerKeyHeaders, newObjectHeaders, sourceKeyHeaders } from "./objectHeaders.ts"
import { errorOf } from "./refusal.ts"
import { copyPatience, type S3Client } from "./S3Client.ts"

/** HeadObject: the headers of an object, of one version where it is given. */
export const headObject = Effect.fnUntraced(function* (
  client: S3Client,
  { versionId, ...target }: VersionTarget,
  headers: Headers = {}
) {
  const key = customerKeyHeaders(yield* client.settings)
  const query = { versionId }
  return (yield* client.send({ method: "HEAD", ...target, query, headers: { ...headers, ...key } })).headers
}, Effect.scoped)

/** GetObject, of one version where it is given: the answer lives in the Scope. */
export const getObject = Effect.fnUntraced(function* (
  client: S3Client,
  { versionId, ...target }: VersionTarget,
  headers: Headers
) {
  const settings = yield* client.settings
  const { accept, signAccept } = settings.gzip
  return yield* client.send({
    method: "GET",
    ...target,
    query: { versionId },
    headers: { ...headers, ...customerKeyHeaders(settings), ...(accept && signAccept && acceptGzip) },
    ...(accept && !signAccept && { unsignedHeaders: acceptGzip })
  })
})

const acceptGzip: Headers = { "accept-encoding": "gzip" }

/** PutObject: the headers of the answer. */
export const putObject = Effect.fnUntraced(function* (
  client: S3Client,
  target: Target,
  body: RequestBody,
  headers: Headers
) {
  const settings = yield* client.settings
  return (yield* client.send({
    method: "PUT",
    ...target,
    body,
    headers: { ...newObjectHeaders(settings), ...headers },
    presigned: settings.presignedUploads
  })).headers
}, Effect.scoped)

/** DeleteObject; of one version where it is given. */
export const deleteObject = (client: S3Client, target: Target, versionId?: string) =>
  Effect.scoped(Effect.asVoid(client.send({ method: "DELETE", ...target, query: { versionId } })))

/** DeleteObjects, at most 1,000 keys: the codes of those that stayed. */
export const deleteObjects = Effect.fnUntraced(function* (
  client: S3Client,
  bucket: string,
  keys: ReadonlyArray<string>
) {
  const body = yield* deleteBody(keys)
  const headers = { ...(yield* digestHeaders(yield* client.settings, body)), "content-type": "application/xml" }
  const answer = yield* client.send({ method: "POST", bucket, query: { delete: "" }, body, headers })
  return deleteErrorsOf(yield* documentNamed(answer, "DeleteResult"))
}, Effect.scoped)

/** Where a copy is from, as `x-amz-copy-source` has it. */
export const copySource = ({ bucket, key, versionId }: VersionTarget): Headers => ({
  "x-amz-copy-source": `/${encodeKey(bucket)}/${encodeKey(key)}${versionId === undefined ? "" : `?versionId=${encodeQuery(versionId)}`}`
})

/** CopyObject: the ETag of the copy. An answer of 200 may still be an error. */
export const copyObject = Effect.fnUntraced(function* (
  client: S3Client,
  from: VersionTarget,
  to: Target,
  headers: Headers
) {
  const settings = yield* client.settings
  const answer = yield* client.send({
    method: "PUT",
    ...to,
    headers: { ...newObjectHeaders(settings, true), ...copySource(from), ...sourceKeyHeaders(settings), ...headers },
    idleTimeout: copyPatience,
    ofAccount: true
  })
  const root = yield* documentOf(answer)
  if (root.name === "Error") return yield* errorOf(answer, root, yield* Clock.currentTimeMillis)
  return textOf(child(root, "CopyObjectResult") ?? root, "ETag")
}, Effect.scoped)
