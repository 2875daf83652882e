/**
 * Links that carry their own right.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { addressOf } from "./api/address.ts"
import type { S3Client } from "./api/S3Client.ts"
import { targetOf } from "./keys.ts"
import { presignV4 } from "./signature.ts"

/** Seconds in a week, the longest that such a signature is valid. */
const longest = 604_800

export const presign = (client: S3Client): NonNullable<ObjectStore["presign"]> =>
  Effect.fnUntraced(function* (path, method, expiresIn) {
    const settings = yield* client.settings
    const target = yield* targetOf(settings, path)
    if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > longest) {
      return yield* StorageError.of("invalid_value", `a link is valid for 1 to ${longest} seconds`)
    }
    const { credentials, region } = settings
    if (credentials === undefined) return yield* StorageError.of("unsupported", "a link needs credentials to sign with")
    const time = yield* Clock.currentTimeMillis
    const { origin, host, path: address } = addressOf(settings, target)
    const context = { ...credentials, region, service: "s3" as const, time }
    const url = `${origin}${presignV4({ method, path: address, headers: { host }, expiresIn }, context)}`
    return { method, url, headers: {}, expires: time + expiresIn * 1000 }
  })
