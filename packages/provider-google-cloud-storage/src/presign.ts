/**
 * Links: such that carry their own right, and such that need none.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { objectPlace, pathOf, publicPath } from "./api/address.ts"
import type { StorageClient } from "./api/StorageClient.ts"
import { signerOf } from "./credentials/signer.ts"
import { targetOf } from "./keys.ts"
import { signedPath } from "./signedUrl.ts"

/** Seconds in a week, the longest that a signed URL is valid. */
const longest = 604_800

/** Signed by the key of the service account; nothing is sent. */
export const presign = (client: StorageClient): NonNullable<ObjectStore["presign"]> =>
  Effect.fnUntraced(function* (path, method, expiresIn) {
    const settings = yield* client.settings
    const { bucket, name } = yield* targetOf(settings, path)
    if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > longest) {
      return yield* StorageError.of("invalid_value", `a link is valid for 1 to ${longest} seconds`)
    }
    const signer = yield* signerOf(settings.credentials, client.ambient)
    const time = yield* Clock.currentTimeMillis
    const { origin, userProject } = settings
    const { host } = new URL(origin)
    const url = `${origin}${signedPath(signer, { method, host, path: publicPath(bucket, name), expiresIn, time, userProject })}`
    // The signature has whole seconds.
    return { method, url, headers: {}, expires: Math.floor(time / 1000) * 1000 + expiresIn * 1000 }
  })

const notPublic = StorageError.of("permission_denied", "the object is not public", {
  suggestion: "a link with a right of its own (presign), or a policy or ACL that lets allUsers read"
})

const isRefusal = ({ reason }: StorageError): boolean => reason.status === 401 || reason.status === 403

/** The address of an object, asked for as a stranger would. */
export const publicLink = (client: StorageClient): NonNullable<ObjectStore["publicLink"]> =>
  Effect.fnUntraced(function* (path) {
    const settings = yield* client.settings
    const { bucket, name } = yield* targetOf(settings, path)
    const { origin } = settings
    const place = { origin, path: pathOf(settings, "json", objectPlace(bucket, name)) }
    const asked = Effect.asVoid(client.fetch({ ...place, method: "GET" }))
    yield* Effect.mapError(client.repeated(asked), (error) => (isRefusal(error) ? notPublic : error))
    return `${origin}${publicPath(bucket, name)}`
  })
