/**
 * Links: such that carry their own right, and such that need none.
 */
import { blobSas, delegatedBlobSas, type ObjectGrant } from "@mooring/azure/sas"
import { StorageError, type ObjectStore } from "@mooring/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { urlOf } from "./api/address.ts"
import { headBlob } from "./api/blobs.ts"
import type { BlobClient } from "./api/BlobClient.ts"
import { delegationKey } from "./api/delegationKey.ts"
import { targetOf } from "./keys.ts"

/** Seconds of the longest link: a key for a token lives a week at most, from before now on. */
const longest = 604_800 - 3600

/** Milliseconds by which the clock of the service may be behind. */
const clockMargin = 15 * 60 * 1000

/** The query of a link, signed by what authorises requests. A token asks the service for a key to sign with. */
const linkBy = Effect.fnUntraced(function* (client: BlobClient, grant: ObjectGrant) {
  const authority = yield* client.session.get
  if (authority.kind === "sharedKey") return blobSas(authority, grant)
  const { account } = yield* client.settings
  if (authority.kind !== "bearer" || account === "") {
    return yield* StorageError.of("unsupported", "a link needs the key of the account, or a token and its name", {
      pointer: authority.kind === "bearer" ? "#/account" : "#/key"
    })
  }
  const starts = (yield* Clock.currentTimeMillis) - clockMargin
  return delegatedBlobSas(account, yield* client.repeated(delegationKey(client, starts, grant.expires)), grant)
})

export const presign = (client: BlobClient): NonNullable<ObjectStore["presign"]> =>
  Effect.fnUntraced(function* (path, method, expiresIn) {
    const settings = yield* client.settings
    const target = yield* targetOf(settings, path)
    if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > longest) {
      return yield* StorageError.of("invalid_value", `a link is valid for 1 to ${longest} seconds`)
    }
    const expires = (yield* Clock.currentTimeMillis) + expiresIn * 1000
    const query = yield* linkBy(client, {
      permissions: method === "GET" ? "r" : "cw",
      expires,
      ...target,
      protocol: settings.origin.startsWith("https:") ? "https" : "https,http"
    })
    const headers: Readonly<Record<string, string>> = method === "PUT" ? { "x-ms-blob-type": "BlockBlob" } : {}
    return { method, url: `${urlOf(settings, target)}?${query}`, headers, expires }
  })

const notPublic = StorageError.of("permission_denied", "the object is not public", {
  suggestion: "a link with a right of its own (presign), or public_access for the container"
})

/** The address of an object at the service; asked for as a stranger would. */
export const publicLink = (client: BlobClient): NonNullable<ObjectStore["publicLink"]> =>
  Effect.fnUntraced(function* (path) {
    const settings = yield* client.settings
    const target = yield* targetOf(settings, path)
    const stranger: BlobClient = { ...client, send: (request) => client.send({ ...request, anonymous: true }) }
    yield* Effect.catch(client.repeated(headBlob(stranger, target)), (error) => {
      const { _tag: code, providerCode } = error.reason
      const hidden = code === "permission_denied" || code === "auth_invalid" || providerCode === "ResourceNotFound"
      return Effect.fail(hidden ? notPublic : error)
    })
    return urlOf(settings, target)
  })
