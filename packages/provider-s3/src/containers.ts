/**
 * Creating and removing buckets.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import type { S3Client } from "./api/S3Client.ts"
import { bucketOf, zoneOf } from "./keys.ts"
import { createBucket, createDirectoryBucket, deleteBucket, headBucket } from "./S3Api.ts"

const requireContainer = (path: ReadonlyArray<string>) =>
  path.length === 1 ? bucketOf(path) : Effect.fail(StorageError.of("invalid_name", "a container is one segment"))

const notOfAZone = StorageError.of("invalid_name", "a directory bucket is named with its zone: NAME--ZONE--x-s3")

/**
 * A bucket that exists already is a success if it is ours. `BucketAlreadyOwnedByYou` says so; what other codes mean
 * depends on the vendor, and where they cannot be trusted a HEAD tells.
 */
export const createContainer = (client: S3Client): NonNullable<ObjectStore["createContainer"]> =>
  Effect.fnUntraced(function* (path) {
    const bucket = yield* requireContainer(path)
    const { alreadyExistsIsError, directoryBuckets } = yield* client.settings
    const zone = zoneOf(bucket)
    if (directoryBuckets !== undefined && zone === undefined) return yield* notOfAZone
    const create =
      directoryBuckets !== undefined && zone !== undefined
        ? createDirectoryBucket(client, bucket, zone)
        : createBucket(client, bucket)
    yield* Effect.catch(client.repeated(create), (error) => {
      if (error.reason.providerCode === "BucketAlreadyOwnedByYou") return Effect.void
      if (error.reason._tag !== "already_exists" || alreadyExistsIsError) return Effect.fail(error)
      return Effect.mapError(client.repeated(headBucket(client, bucket)), () => error)
    })
  })

/** DeleteBucket, which services refuse while anything is in it. */
export const removeContainer = (client: S3Client): NonNullable<ObjectStore["removeContainer"]> =>
  Effect.fnUntraced(function* (path) {
    const bucket = yield* requireContainer(path)
    yield* client.repeated(deleteBucket(client, bucket))
  }, orGone)
