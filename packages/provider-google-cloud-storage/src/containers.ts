/**
 * Creating and removing buckets.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import type { StorageClient } from "./api/StorageClient.ts"
import { bucketOf } from "./keys.ts"
import { deleteBucket, insertBucket, listBuckets } from "./StorageApi.ts"

const requireContainer = (path: ReadonlyArray<string>) =>
  path.length === 1 ? bucketOf(path) : Effect.fail(StorageError.of("invalid_name", "a container is one segment"))

const taken = StorageError.of("already_exists", "there is a bucket of this name already", {
  suggestion: "another name: they are shared by all who use Cloud Storage"
})

const notAllowed = StorageError.of("permission_denied", "a policy of the organization does not permit such a bucket", {
  pointer: "#/bucket_policy_only",
  suggestion: "true, where buckets must leave access to policies"
})

/** Names are shared by all: one that is taken is a success if the bucket is of the project. */
const ours = Effect.fnUntraced(function* (client: StorageClient, bucket: string) {
  const { items } = yield* Effect.mapError(client.repeated(listBuckets(client, { prefix: bucket })), () => taken)
  if (items?.some(({ name }) => name === bucket) !== true) return yield* taken
})

/** Buckets: insert. */
export const createContainer = (client: StorageClient): NonNullable<ObjectStore["createContainer"]> =>
  Effect.fnUntraced(function* (path) {
    const bucket = yield* requireContainer(path)
    yield* Effect.catch(Effect.asVoid(client.repeated(insertBucket(client, bucket))), (error) => {
      if (error.reason.status === 409) return ours(client, bucket)
      return Effect.fail(error.reason.status === 412 ? notAllowed : error)
    })
  })

/** What refuses a bucket that has objects: Google says 409, emulators of it 412. */
const notEmpty: ReadonlyArray<number | undefined> = [409, 412]

/** Buckets: delete. */
export const removeContainer = (client: StorageClient): NonNullable<ObjectStore["removeContainer"]> =>
  Effect.fnUntraced(function* (path) {
    const bucket = yield* requireContainer(path)
    yield* Effect.mapError(client.repeated(deleteBucket(client, bucket)), (error) =>
      notEmpty.includes(error.reason.status)
        ? StorageError.of("not_empty", "the bucket is not empty; old versions count too", { status: 409 })
        : error
    )
  }, orGone)
