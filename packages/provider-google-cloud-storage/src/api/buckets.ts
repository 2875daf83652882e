/**
 * The remote calls on buckets, each a single attempt.
 *
 * Source: https://cloud.google.com/storage/docs/json_api/v1/buckets
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { BucketList, BucketResource } from "../wire.ts"
import type { Query } from "./address.ts"
import type { StorageClient } from "./StorageClient.ts"

/** Buckets belong to projects, and no bucket is named that would say which. */
const noProject = (what: string) =>
  StorageError.of("missing_field", `buckets cannot be ${what} without a project`, {
    pointer: "#/project_number",
    suggestion: "the number of the project, from the console"
  })

/** Buckets: list, those of the project. */
export const listBuckets = Effect.fnUntraced(function* (client: StorageClient, query: Query) {
  const { project } = yield* client.settings
  if (project === undefined) return yield* noProject("listed")
  return yield* client.call({ method: "GET", place: ["b"], query: { project, ...query } }, BucketList)
})

/** Buckets: get. */
export const getBucket = (client: StorageClient, bucket: string) =>
  client.call({ method: "GET", place: ["b", bucket] }, BucketResource)

/** Buckets: insert, with all that the settings say of new buckets. */
export const insertBucket = Effect.fnUntraced(function* (client: StorageClient, name: string) {
  const { project, location, storageClass, policyOnly, bucketAcl } = yield* client.settings
  if (project === undefined) return yield* noProject("created")
  const resource = {
    name,
    ...(location !== undefined && { location }),
    ...(storageClass !== undefined && { storageClass }),
    ...(policyOnly && { iamConfiguration: { uniformBucketLevelAccess: { enabled: true } } })
  }
  const query = { project, predefinedAcl: policyOnly ? undefined : bucketAcl }
  const body = Buffer.from(JSON.stringify(resource))
  const headers = { "content-type": "application/json" }
  return yield* client.call({ method: "POST", place: ["b"], query, headers, body }, BucketResource)
})

/** Buckets: delete. The service refuses where there are objects, noncurrent ones too. */
export const deleteBucket = (client: StorageClient, bucket: string) =>
  Effect.scoped(Effect.asVoid(client.send({ method: "DELETE", place: ["b", bucket] })))
