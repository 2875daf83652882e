/**
 * Large files that were begun and never finished: each keeps its parts, and costs, until it is cancelled.
 */
import type { ObjectStore, PendingUpload, StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { B2Client } from "./api/B2Client.ts"
import { cancelLargeFile, listUnfinished } from "./B2Api.ts"
import { inBucket } from "./bucketIds.ts"
import { bucketOf, segmentsOf } from "./keys.ts"

/** b2_list_unfinished_large_files. */
export const listUploads = (client: B2Client): NonNullable<ObjectStore["listUploads"]> =>
  Effect.fnUntraced(function* (container, { cursor } = {}) {
    const bucket = yield* bucketOf(container)
    const settings = yield* client.settings
    const { namePrefix } = yield* client.authorized
    const { files, nextFileId } = yield* inBucket(client, bucket, (bucketId) =>
      client.repeated(listUnfinished(client, bucketId, namePrefix, cursor))
    )
    return {
      uploads: files.flatMap(({ fileName, fileId, uploadTimestamp: started }): ReadonlyArray<PendingUpload> => {
        const segments = segmentsOf(settings, fileName)
        if (segments === undefined || fileId == null) return []
        return [{ path: [bucket, ...segments], id: fileId, ...(started != null && { started }) }]
      }),
      ...(nextFileId != null && { cursor: nextFileId })
    }
  })

/** The service says of a file that is finished or cancelled that the request is not valid, or that there is none. */
export const isEnded = ({ reason: { status, providerCode } }: StorageError): boolean =>
  status === 404 || (status === 400 && /^(bad_request|file_not_present|no_such_file)$/.test(providerCode ?? ""))

/** Cancels a file; a success if that was done, or is finished. */
export const cancel = (client: B2Client, fileId: string) =>
  Effect.catchIf(Effect.asVoid(client.repeated(cancelLargeFile(client, fileId))), isEnded, () => Effect.void)

/** b2_cancel_large_file. */
export const abortUpload =
  (client: B2Client): NonNullable<ObjectStore["abortUpload"]> =>
  ({ id }) =>
    cancel(client, id)
