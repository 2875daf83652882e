/**
 * The remote calls on one object, each a single attempt.
 */
import type { Headers, RequestBody } from "@mooring/core/Transport"
import { child, textOf } from "@mooring/core/xml/XmlElement"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { Target } from "../keys.ts"
import { encodeKey } from "../signature.ts"
import { deleteBody, deleteErrorsOf, documentNamed, documentOf } from "../wire.ts"
import { contentMd5 } from "./contentMd5.ts"
import { errorOf } from "./refusal.ts"
import type { S3Client } from "./S3Client.ts"

/** HeadObject: the headers of an object. */
export const headObject = (client: S3Client, target: Target, headers: Headers = {}) =>
  Effect.scoped(Effect.map(client.send({ method: "HEAD", ...target, headers }), (answer) => answer.headers))

/** GetObject: the answer lives in the Scope. */
export const getObject = (client: S3Client, target: Target, headers: Headers) =>
  client.send({ method: "GET", ...target, headers })

/** PutObject: the headers of the answer. */
export const putObject = (client: S3Client, target: Target, body: RequestBody, headers: Headers) =>
  Effect.scoped(Effect.map(client.send({ method: "PUT", ...target, body, headers }), (answer) => answer.headers))

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
  const headers = { ...(yield* contentMd5(body)), "content-type": "application/xml" }
  const answer = yield* client.send({ method: "POST", bucket, query: { delete: "" }, body, headers })
  return deleteErrorsOf(yield* documentNamed(answer, "DeleteResult"))
}, Effect.scoped)

/** Where a copy is from, as `x-amz-copy-source` has it. */
export const copySource = ({ bucket, key }: Target): Headers => ({
  "x-amz-copy-source": `/${encodeKey(bucket)}/${encodeKey(key)}`
})

/** CopyObject: the ETag of the copy. An answer of 200 may still be an error. */
export const copyObject = Effect.fnUntraced(function* (client: S3Client, from: Target, to: Target, headers: Headers) {
  const answer = yield* client.send({ method: "PUT", ...to, headers: { ...copySource(from), ...headers } })
  const root = yield* documentOf(answer)
  if (root.name === "Error") return yield* errorOf(answer, root, yield* Clock.currentTimeMillis)
  return textOf(child(root, "CopyObjectResult") ?? root, "ETag")
}, Effect.scoped)
