/**
 * Links that carry their own right: signed with the key that the account has for that. No key is ever set here.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { addressOf } from "./api/address.ts"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { targetOf } from "./keys.ts"
import { linkSignature, type LinkDigest } from "./signature.ts"
import { headAccount } from "./SwiftApi.ts"

/** In the order in which they are taken. */
const digests: ReadonlyArray<LinkDigest> = ["sha256", "sha512", "sha1"]

const noLinks = StorageError.of("unsupported", "the service has no temporary links")

const noKey = StorageError.of(
  "unsupported",
  "the account has no key for temporary links, or this user may not see it",
  {
    suggestion: "a key that an owner of the account sets as X-Account-Meta-Temp-URL-Key"
  }
)

/** The key of the account, which its owners alone see; the second stands in while the first is changed. */
const keyOf = Effect.fnUntraced(function* (client: SwiftClient) {
  const headers = yield* client.repeated(headAccount(client))
  const key = headers["x-account-meta-temp-url-key"] ?? headers["x-account-meta-temp-url-key-2"]
  return key === undefined || key === "" ? yield* noKey : Redacted.make(key)
})

export const presign = (client: SwiftClient): NonNullable<ObjectStore["presign"]> =>
  Effect.fnUntraced(function* (path, method, expiresIn) {
    const target = yield* targetOf(yield* client.settings, path)
    const seconds = Math.ceil((yield* Clock.currentTimeMillis) / 1000) + expiresIn
    if (!Number.isInteger(expiresIn) || expiresIn < 1 || !Number.isSafeInteger(seconds)) {
      return yield* StorageError.of("invalid_value", "a link is valid for a whole number of seconds, at least one")
    }
    const { links } = yield* client.info
    const digest = digests.find((one) => links?.digests.includes(one))
    if (digest === undefined || links?.methods.includes(method) !== true) return yield* noLinks
    const key = yield* keyOf(client)
    const { storageUrl } = yield* client.session.get
    const { origin, path: address } = addressOf(storageUrl, target)
    const signature = linkSignature({ key, digest, method, expires: seconds, storageUrl, target })
    const url = `${origin}${address}?temp_url_sig=${signature}&temp_url_expires=${seconds}`
    return { method, url, headers: {}, expires: seconds * 1000 }
  })
