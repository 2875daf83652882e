/**
 * Reading from another address than that of the service: a content delivery network before one bucket.
 */
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import { encodeKey } from "../signature.ts"
import type { VersionTarget } from "../keys.ts"
import type { S3Client } from "./S3Client.ts"

/** Where an object is found there: the key below the address, without the bucket, as rclone has it. */
export const downloadAddress = (downloadUrl: string, key: string) => {
  const { origin, pathname } = new URL(downloadUrl)
  return { origin, path: `${pathname.replace(/\/+$/, "")}/${encodeKey(key)}` }
}

/** GET without a signature: the answer lives in the Scope. */
export const download = Effect.fnUntraced(function* (
  client: S3Client,
  downloadUrl: string,
  { key }: VersionTarget,
  headers: Headers
) {
  return yield* client.fetch({ ...downloadAddress(downloadUrl, key), method: "GET", headers })
})
