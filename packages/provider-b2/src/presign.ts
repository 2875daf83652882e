/**
 * Links: such that carry their own right, and such that need none.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { placeAt } from "./api/address.ts"
import type { B2Client } from "./api/B2Client.ts"
import { requirePrefix } from "./api/capabilities.ts"
import { filePath, getDownloadAuthorization } from "./B2Api.ts"
import { inBucket } from "./bucketIds.ts"
import { targetOf, type FileTarget } from "./keys.ts"

/** The address of a file at the service, or at the network before it. */
const addressOf = Effect.fnUntraced(function* (client: B2Client, target: FileTarget) {
  const { downloadUrl } = yield* client.settings
  const authorization = yield* client.authorized
  return placeAt(downloadUrl ?? authorization.downloadUrl, filePath(target))
})

/**
 * B2 gives out the right itself, so that a link costs a call and a key with `shareFiles`. The right is to all names that
 * begin with this one: B2 knows no narrower.
 */
export const presign = (client: B2Client): NonNullable<ObjectStore["presign"]> =>
  Effect.fnUntraced(function* (path, method, expiresIn) {
    const { linkDuration, ...settings } = yield* client.settings
    const target = yield* targetOf({ linkDuration, ...settings }, path)
    if (method === "PUT") {
      return yield* StorageError.of("unsupported", "B2 takes uploads by POST only, for which there are no links")
    }
    if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > linkDuration) {
      return yield* StorageError.of("invalid_value", `a link is valid for 1 to ${linkDuration} seconds`, {
        pointer: "#/download_auth_duration"
      })
    }
    yield* requirePrefix(yield* client.authorized, target.key)
    const started = yield* Clock.currentTimeMillis
    const { authorizationToken } = yield* inBucket(client, target.bucket, (bucketId) =>
      client.repeated(getDownloadAuthorization(client, bucketId, target.key, expiresIn))
    )
    const { origin, path: file } = yield* addressOf(client, target)
    const url = `${origin}${file}?Authorization=${encodeURIComponent(authorizationToken)}`
    return { method, url, headers: {}, expires: started + expiresIn * 1000 }
  })

const notPublic = StorageError.of("permission_denied", "the object is not public", {
  suggestion: "a link with a right of its own (presign), or a bucket of the type allPublic"
})

/** The address of an object, asked for as a stranger would. */
export const publicLink = (client: B2Client): NonNullable<ObjectStore["publicLink"]> =>
  Effect.fnUntraced(function* (path) {
    const target = yield* targetOf(yield* client.settings, path)
    const { origin, path: file } = yield* addressOf(client, target)
    const asked = Effect.asVoid(client.exchange({ origin, path: file, method: "HEAD" }))
    yield* Effect.mapError(client.repeated(asked), (error) =>
      error.reason._tag === "permission_denied" ? notPublic : error
    )
    return `${origin}${file}`
  })
