/**
 * Links: such that carry their own right, and such that need none.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { addressOf } from "./api/address.ts"
import { downloadAddress } from "./api/download.ts"
import type { S3Client } from "./api/S3Client.ts"
import { presignedPath } from "./api/signing.ts"
import { targetOf } from "./keys.ts"

/** Seconds in a week, the longest that a signature of version 4 is valid. */
const longest = 604_800

/** Signs with the version of the settings. Nothing is looked up, so a name of an old version is a name. */
export const presign = (client: S3Client): NonNullable<ObjectStore["presign"]> =>
  Effect.fnUntraced(function* (path, method, expiresIn) {
    const settings = yield* client.settings
    const target = yield* targetOf(settings, path)
    if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > longest) {
      return yield* StorageError.of("invalid_value", `a link is valid for 1 to ${longest} seconds`)
    }
    const { region } = settings
    const credentials = yield* client.session.get
    if (credentials === undefined) return yield* StorageError.of("unsupported", "a link needs credentials to sign with")
    const time = yield* Clock.currentTimeMillis
    const { origin, host, hostBucket, path: address } = addressOf(settings, { method, ...target })
    const context = { ...credentials, region, service: "s3" as const, time }
    const request = { method, path: address, headers: { host }, hostBucket, expiresIn }
    const url = `${origin}${presignedPath(settings, request, context)}`
    return { method, url, headers: {}, expires: Math.min(time + expiresIn * 1000, credentials.expires ?? Infinity) }
  })

const notPublic = StorageError.of("permission_denied", "the object is not public", {
  suggestion: "a link with a right of its own (presign), or an ACL or bucket policy that lets everybody read"
})

/** Services have different answers to who has no signature; that there is nothing is one that says more. */
const isRefusal = ({ reason: { _tag: code, status = 0, retryable } }: StorageError): boolean =>
  status >= 400 && status < 500 && !retryable && code !== "not_found"

/** The address of an object at the service, or at the network before it; asked for as a stranger would. */
export const publicLink = (client: S3Client): NonNullable<ObjectStore["publicLink"]> =>
  Effect.fnUntraced(function* (path) {
    const settings = yield* client.settings
    const target = yield* targetOf(settings, path)
    const { downloadUrl } = settings
    const place = downloadUrl === undefined ? addressOf(settings, target) : downloadAddress(downloadUrl, target.key)
    const asked = client.fetch({ origin: place.origin, path: place.path, method: "HEAD" })
    yield* Effect.mapError(client.repeated(Effect.asVoid(asked)), (error) => (isRefusal(error) ? notPublic : error))
    return `${place.origin}${place.path}`
  })
