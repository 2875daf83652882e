/**
 * Removing objects: by hiding the name, or for good.
 */
import type { ObjectStore } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import type { B2Client } from "./api/B2Client.ts"
import { requirePrefix } from "./api/capabilities.ts"
import { deleteFileVersion, hideFile } from "./B2Api.ts"
import { inBucket } from "./bucketIds.ts"
import { removeAll, resolve } from "./versions.ts"

/** A name of an old version removes that version. Else `hard_delete` leaves nothing, and without it versions stay. */
export const remove = (client: B2Client): ObjectStore["remove"] =>
  Effect.fnUntraced(function* (path) {
    const { hardDelete } = yield* client.settings
    const target = yield* resolve(client, path)
    const { bucket, key, fileId } = target
    yield* requirePrefix(yield* client.authorized, key)
    if (fileId !== undefined) yield* client.repeated(deleteFileVersion(client, key, fileId))
    else if (hardDelete) yield* removeAll(client, target)
    else yield* inBucket(client, bucket, (bucketId) => client.repeated(hideFile(client, bucketId, key)))
  }, orGone)
