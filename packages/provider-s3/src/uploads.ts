/**
 * Uploads in parts that were begun and never ended: each keeps its parts, and costs, until it is aborted.
 */
import { StorageError, type ObjectStore, type PendingUpload } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { S3Client } from "./api/S3Client.ts"
import { bucketOf, segmentsOf, targetOf } from "./keys.ts"
import { orGone } from "./remove.ts"
import { abortUpload as abortRemote, listMultipartUploads } from "./S3Api.ts"

/** Key and id after which the next page begins, the length of the key before them: both may hold any character. */
const parseCursor = (cursor: string) => {
  const match = /^(\d+):/.exec(cursor)
  if (match === null)
    return Effect.fail(StorageError.of("invalid_value", "this cursor is not from a listing of uploads"))
  const start = match[0].length
  const length = Number(match[1])
  return Effect.succeed({ key: cursor.slice(start, start + length), id: cursor.slice(start + length) })
}

export const listUploads = (client: S3Client): NonNullable<ObjectStore["listUploads"]> =>
  Effect.fnUntraced(function* (container, { cursor } = {}) {
    const bucket = yield* bucketOf(container)
    const settings = yield* client.settings
    const after = cursor === undefined ? undefined : yield* parseCursor(cursor)
    const { uploads, next } = yield* client.repeated(listMultipartUploads(client, bucket, after))
    return {
      uploads: uploads.flatMap(({ key, id, started }): ReadonlyArray<PendingUpload> => {
        const segments = segmentsOf(settings, key)
        if (segments === undefined) return []
        return [{ path: [bucket, ...segments], id, ...(started !== undefined && { started }) }]
      }),
      ...(next !== undefined && { cursor: `${next.key.length}:${next.key}${next.id}` })
    }
  })

export const abortUpload = (client: S3Client): NonNullable<ObjectStore["abortUpload"]> =>
  Effect.fnUntraced(function* ({ path, id }) {
    const target = yield* targetOf(yield* client.settings, path)
    yield* client.repeated(abortRemote(client, target, id))
  }, orGone)
