/**
 * Removing objects.
 */
import type { ObjectStore } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import type { StorageClient } from "./api/StorageClient.ts"
import { targetOf } from "./keys.ts"
import { deleteObject } from "./StorageApi.ts"

/** Objects: delete. In a bucket that keeps versions, the object becomes an old one. */
export const remove = (client: StorageClient): ObjectStore["remove"] =>
  Effect.fnUntraced(function* (path) {
    const target = yield* targetOf(yield* client.settings, path)
    yield* client.repeated(deleteObject(client, target))
  }, orGone)
