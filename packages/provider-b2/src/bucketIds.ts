/**
 * Names of buckets to the ids that calls want. An id is asked for once; one that the service does not know any more is
 * asked for again.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { B2Client } from "./api/B2Client.ts"
import { otherBucket } from "./api/capabilities.ts"
import { listBuckets } from "./B2Api.ts"

const noBucket = StorageError.of("not_found", "there is no such bucket")

const cacheKey = (accountId: string, bucket: string): string => `${accountId}/${bucket}`

/** The id of a bucket, as the service says it now; `not_found` if there is none. */
export const askForId = Effect.fnUntraced(function* (client: B2Client, bucket: string) {
  const { accountId, buckets } = yield* client.authorized
  const found = (yield* client.repeated(listBuckets(client, bucket))).find(({ bucketName }) => bucketName === bucket)
  if (found === undefined) return yield* buckets === undefined ? noBucket : yield* otherBucket
  client.bucketIds.set(cacheKey(accountId, bucket), found.bucketId)
  return found.bucketId
})

/** The id of a bucket. A key that is narrowed to buckets says it itself, and may not ask. */
export const bucketIdOf = Effect.fnUntraced(function* (client: B2Client, bucket: string) {
  const { accountId, buckets } = yield* client.authorized
  if (buckets !== undefined) return buckets.find(({ name }) => name === bucket)?.id ?? (yield* otherBucket)
  const known = Effect.sync(() => client.bucketIds.get(cacheKey(accountId, bucket)))
  const asked = Effect.flatMap(known, (id) => (id === undefined ? askForId(client, bucket) : Effect.succeed(id)))
  return (yield* known) ?? (yield* client.asking.withPermit(asked))
})

/** Makes the next call ask for the id of the bucket. */
export const forgetBucket = Effect.fnUntraced(function* (client: B2Client, bucket: string) {
  const { accountId } = yield* client.authorized
  client.bucketIds.delete(cacheKey(accountId, bucket))
})

const isUnknownId = ({ reason }: StorageError): boolean => reason.providerCode === "bad_bucket_id"

/** Uses the id of a bucket; once more if the bucket was removed and made again since the id was asked for. */
export const inBucket = Effect.fnUntraced(function* <A, R>(
  client: B2Client,
  bucket: string,
  use: (bucketId: string) => Effect.Effect<A, StorageError, R>
) {
  const id = yield* bucketIdOf(client, bucket)
  return yield* Effect.catchIf(use(id), isUnknownId, (error) =>
    Effect.gen(function* () {
      yield* forgetBucket(client, bucket)
      const now = yield* bucketIdOf(client, bucket)
      return yield* now === id ? Effect.fail(error) : use(now)
    })
  )
})

/**
 * Uses the id of a bucket once, for what consumes a body. If the service does not know the id any more it is forgotten, so
 * that the next call finds the bucket that there is now.
 */
export const inBucketOnce = Effect.fnUntraced(function* <A, R>(
  client: B2Client,
  bucket: string,
  use: (bucketId: string) => Effect.Effect<A, StorageError, R>
) {
  const id = yield* bucketIdOf(client, bucket)
  return yield* Effect.tapError(use(id), (error) =>
    isUnknownId(error) ? Effect.ignore(forgetBucket(client, bucket)) : Effect.void
  )
})
