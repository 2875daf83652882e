/**
 * Removing objects.
 */
import type { ObjectStore } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import { deleteBlob } from "./api/blobs.ts"
import type { BlobClient } from "./api/BlobClient.ts"
import { targetOf } from "./keys.ts"

export const remove = (client: BlobClient): ObjectStore["remove"] =>
  Effect.fnUntraced(function* (path) {
    const target = yield* targetOf(yield* client.settings, path)
    yield* client.repeated(deleteBlob(client, target))
  }, orGone)
