/**
 * Uploads in parts that were begun and never ended: each keeps its parts, and costs, until it is aborted.
 */
import type { ObjectStore, PendingUpload } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import type { S3Client } from "./api/S3Client.ts"
import { bucketOf, segmentsOf, targetOf } from "./keys.ts"
import { formatMarker, parseMarker } from "./markers.ts"
import { abortUpload as abortRemote, listMultipartUploads } from "./S3Api.ts"

/** ListMultipartUploads, without those whose key no path reaches. */
export const listUploads = (client: S3Client): NonNullable<ObjectStore["listUploads"]> =>
  Effect.fnUntraced(function* (container, { cursor } = {}) {
    const bucket = yield* bucketOf(container)
    const settings = yield* client.settings
    const after = cursor === undefined ? undefined : yield* parseMarker(cursor)
    const { uploads, next } = yield* client.repeated(listMultipartUploads(client, bucket, after))
    return {
      uploads: uploads.flatMap(({ key, id, started }): ReadonlyArray<PendingUpload> => {
        const segments = segmentsOf(settings, key)
        if (segments === undefined) return []
        return [{ path: [bucket, ...segments], id, ...(started !== undefined && { started }) }]
      }),
      ...(next !== undefined && { cursor: formatMarker(next) })
    }
  })

/** AbortMultipartUpload. */
export const abortUpload = (client: S3Client): NonNullable<ObjectStore["abortUpload"]> =>
  Effect.fnUntraced(function* ({ path, id }) {
    const target = yield* targetOf(yield* client.settings, path)
    yield* client.repeated(abortRemote(client, target, id))
  }, orGone)
