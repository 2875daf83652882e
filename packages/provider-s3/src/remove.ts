/**
 * Removing objects, one by one or a thousand per call.
 */
import type { ObjectStore } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import { fitsXml } from "@mooring/core/xml/writeXml"
import * as Effect from "effect/Effect"
import type { S3Client } from "./api/S3Client.ts"
import { storageErrorOf } from "./errors.ts"
import { targetOf, type Target } from "./keys.ts"
import { deleteObject, deleteObjects } from "./S3Api.ts"
import { resolve } from "./versions.ts"

/** The most keys of one DeleteObjects. */
const batchSize = 1000

/** DeleteObject; in a bucket that keeps versions it puts a marker of deletion. */
export const remove = (client: S3Client): ObjectStore["remove"] =>
  Effect.fnUntraced(function* (path) {
    const { versionId, ...target } = yield* resolve(client, path)
    yield* client.repeated(deleteObject(client, target, versionId))
  }, orGone)

/** A key that XML cannot hold is removed by a call of its own. */
const canBeBatched = ({ key }: Target): boolean => fitsXml(key)

const batches = <A>(all: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  Array.from({ length: Math.ceil(all.length / batchSize) }, (_, index) =>
    all.slice(index * batchSize, (index + 1) * batchSize)
  )

const removeBatch = (client: S3Client, bucket: string, keys: ReadonlyArray<string>) =>
  client.repeated(
    Effect.flatMap(deleteObjects(client, bucket, keys), (codes) => {
      // One that is gone must not hide another that stayed.
      const failed = codes.map((code) => storageErrorOf({ status: 500, code }))
      const stayed = failed.find(({ reason }) => reason._tag !== "not_found")
      return stayed === undefined ? Effect.void : Effect.fail(stayed)
    })
  )

/** DeleteObjects. Fails with the error of one that stayed, before the next thousand. */
export const removeMany = (client: S3Client): NonNullable<ObjectStore["removeMany"]> =>
  Effect.fnUntraced(function* (paths) {
    const settings = yield* client.settings
    // Names of old versions are looked up one by one, and removed so.
    if (settings.oldVersions !== "hidden") return yield* Effect.forEach(paths, remove(client), { discard: true })
    const targets = yield* Effect.forEach(paths, (path) => targetOf(settings, path))
    const alone = targets.filter((target) => !canBeBatched(target))
    yield* Effect.forEach(alone, (target) => orGone(client.repeated(deleteObject(client, target))), {
      concurrency: 16,
      discard: true
    })
    const byBucket = Map.groupBy(targets.filter(canBeBatched), ({ bucket }) => bucket)
    for (const [bucket, found] of byBucket) {
      const keys = [...new Set(found.map(({ key }) => key))]
      yield* Effect.forEach(batches(keys), (batch) => orGone(removeBatch(client, bucket, batch)), { discard: true })
    }
  })
