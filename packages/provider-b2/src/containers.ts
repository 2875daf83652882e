/**
 * Creating and removing buckets.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import type { B2Client } from "./api/B2Client.ts"
import { createBucket, deleteBucket } from "./B2Api.ts"
import { askForId, forgetBucket, inBucket } from "./bucketIds.ts"
import { bucketOf } from "./keys.ts"

const requireContainer = (path: ReadonlyArray<string>) =>
  path.length === 1 ? bucketOf(path) : Effect.fail(StorageError.of("invalid_name", "a container is one segment"))

/** Names are shared by all accounts: one that is taken is a success if the bucket is ours. */
export const createContainer = (client: B2Client): NonNullable<ObjectStore["createContainer"]> =>
  Effect.fnUntraced(function* (path) {
    const bucket = yield* requireContainer(path)
    yield* Effect.catch(client.repeated(createBucket(client, bucket)), (error) =>
      error.reason._tag === "already_exists"
        ? Effect.asVoid(Effect.mapError(askForId(client, bucket), () => error))
        : Effect.fail(error)
    )
  })

/** b2_delete_bucket, which refuses one that has versions. */
export const removeContainer = (client: B2Client): NonNullable<ObjectStore["removeContainer"]> =>
  Effect.fnUntraced(function* (path) {
    const bucket = yield* requireContainer(path)
    yield* inBucket(client, bucket, (bucketId) => client.repeated(deleteBucket(client, bucketId)))
    yield* forgetBucket(client, bucket)
  }, orGone)
