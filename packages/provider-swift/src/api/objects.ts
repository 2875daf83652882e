/**
 * The remote calls on objects, each a single attempt.
 */
import { StorageError } from "@mooring/core"
import { collectBytes, type Headers, type RequestBody } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import type { Target } from "../keys.ts"
import { bulkErrorsIn, segmentsIn, type ManifestSegment } from "../wire.ts"
import { placeText } from "./address.ts"
import type { SwiftClient } from "./SwiftClient.ts"

/** An object, or one version of it. */
export interface VersionTarget extends Target {
  readonly version?: string | undefined
}

/** What a request about an object, or a version, names. */
const placeOf = ({ container, key, version }: VersionTarget) => ({ container, key, query: { "version-id": version } })

/** HEAD: the headers of an object. */
export const headObject = Effect.fnUntraced(function* (
  client: SwiftClient,
  target: VersionTarget,
  headers: Headers = {}
) {
  return (yield* client.send({ method: "HEAD", ...placeOf(target), headers })).headers
}, Effect.scoped)

/** Without a token: whether everybody may read it. */
export const headAsStranger = (client: SwiftClient, target: Target) =>
  Effect.scoped(Effect.asVoid(client.send({ method: "HEAD", ...target, anonymous: true })))

/** A large object whose segments are not all there. */
const segmentsMissing = StorageError.of(
  "integrity_error",
  "segments of this large object are missing or were changed",
  {
    retryable: false,
    status: 409
  }
)

/** GET: the answer lives in the Scope. */
export const getObject = (client: SwiftClient, target: VersionTarget, headers: Headers) =>
  Effect.mapError(client.send({ method: "GET", ...placeOf(target), headers }), (error) =>
    error.reason.status === 409 ? segmentsMissing : error
  )

/** Without a condition this status is about the name: it is no UTF-8 or has a NUL in it. */
const aboutTheName = (error: StorageError): StorageError =>
  error.reason.status === 412
    ? StorageError.of("invalid_name", "the service cannot store this name", { status: 412 })
    : error

/** PUT without conditions: the headers of the answer. */
export const putObject = (client: SwiftClient, target: Target, body: RequestBody, headers: Headers) =>
  Effect.mapError(
    Effect.scoped(Effect.map(client.send({ method: "PUT", ...target, body, headers }), (answer) => answer.headers)),
    aboutTheName
  )

/** POST: replaces all of the metadata. */
export const postObject = (client: SwiftClient, target: Target, headers: Headers) =>
  Effect.scoped(Effect.asVoid(client.send({ method: "POST", ...target, headers, body: new Uint8Array() })))

/** DELETE; of a large object the manifest alone. */
export const deleteObject = (client: SwiftClient, target: VersionTarget) =>
  Effect.scoped(Effect.asVoid(client.send({ method: "DELETE", ...placeOf(target) })))

/** Makes an old version the current one: a PUT without bytes that names it. */
export const restoreVersion = (client: SwiftClient, target: Required<VersionTarget>) =>
  Effect.scoped(Effect.asVoid(client.send({ method: "PUT", ...placeOf(target), body: new Uint8Array() })))

/** A copy at the service, of at most 5 GiB: a PUT that names its source. `if-match` is about the source. */
export const copyObject = Effect.fnUntraced(function* (
  client: SwiftClient,
  from: Target,
  to: Target,
  headers: Headers = {}
) {
  const source = { "x-copy-from": placeText(from) }
  const body = new Uint8Array()
  return (yield* client.send({ method: "PUT", ...to, body, headers: { ...headers, ...source } })).headers
}, Effect.scoped)

/**
 * Makes a static large object of segments that are there
 * (https://docs.openstack.org/swift/latest/api/large_objects.html).
 */
export const putStaticManifest = Effect.fnUntraced(function* (
  client: SwiftClient,
  target: Target,
  segments: ReadonlyArray<ManifestSegment>,
  headers: Headers
) {
  const parts = segments.map(({ container, key, md5, size }) => ({
    path: `/${container}/${key}`,
    etag: md5,
    size_bytes: size
  }))
  const body = Buffer.from(JSON.stringify(parts))
  return (yield* client.send({ method: "PUT", ...target, query: { "multipart-manifest": "put" }, body, headers }))
    .headers
}, Effect.scoped)

/** The segments that the manifest of a static large object names. */
export const getStaticManifest = Effect.fnUntraced(function* (client: SwiftClient, target: Target) {
  return yield* segmentsIn(yield* client.send({ method: "GET", ...target, query: { "multipart-manifest": "get" } }))
}, Effect.scoped)

/** Removes many objects in one call: the statuses of those that stayed. */
export const bulkDelete = Effect.fnUntraced(function* (client: SwiftClient, targets: ReadonlyArray<Target>) {
  const body = Buffer.from(targets.map(placeText).join("\n"))
  const headers = { accept: "application/json", "content-type": "text/plain" }
  const response = yield* client.send({ method: "POST", query: { "bulk-delete": "" }, body, headers })
  return yield* bulkErrorsIn(yield* collectBytes(response.body, 16 * 1024 * 1024))
}, Effect.scoped)
