/**
 * The remote calls on buckets, each a single attempt.
 */
import * as Effect from "effect/Effect"
import { Anything, BucketList } from "../wire.ts"
import type { B2Client } from "./B2Client.ts"

/** b2_list_buckets: those of the account, or the one of this name. */
export const listBuckets = Effect.fnUntraced(function* (client: B2Client, bucketName?: string) {
  const { accountId } = yield* client.authorization
  const body = { accountId, ...(bucketName !== undefined && { bucketName }) }
  return (yield* client.call("list_buckets", "listBuckets", body, BucketList)).buckets
})

/** b2_create_bucket: a private one, with a rule for hidden files where the settings have one. */
export const createBucket = Effect.fnUntraced(function* (client: B2Client, bucketName: string) {
  const { accountId } = yield* client.authorization
  const { lifecycle } = yield* client.settings
  const lifecycleRules = [{ daysFromHidingToDeleting: lifecycle, daysFromUploadingToHiding: null, fileNamePrefix: "" }]
  const body = { accountId, bucketName, bucketType: "allPrivate", ...(lifecycle > 0 && { lifecycleRules }) }
  yield* client.call("create_bucket", "writeBuckets", body, Anything)
})

/** b2_delete_bucket. */
export const deleteBucket = Effect.fnUntraced(function* (client: B2Client, bucketId: string) {
  const { accountId } = yield* client.authorization
  yield* client.call("delete_bucket", "deleteBuckets", { accountId, bucketId }, Anything)
})
