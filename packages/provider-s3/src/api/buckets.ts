/**
 * The remote calls on buckets and their listings, each a single attempt.
 */
import * as Effect from "effect/Effect"
import { bucketsOf, documentNamed, listingOf, locationBody } from "../wire.ts"
import { contentMd5 } from "./contentMd5.ts"
import type { S3Client } from "./S3Client.ts"

/** ListBuckets: all that these credentials own. */
export const listBuckets = Effect.fnUntraced(function* (client: S3Client) {
  return bucketsOf(yield* documentNamed(yield* client.send({ method: "GET" }), "ListAllMyBucketsResult"))
}, Effect.scoped)

/** HeadBucket. */
export const headBucket = (client: S3Client, bucket: string) =>
  Effect.scoped(Effect.asVoid(client.send({ method: "HEAD", bucket })))

/** CreateBucket, with a place where the settings name one. */
export const createBucket = Effect.fnUntraced(function* (client: S3Client, bucket: string) {
  const { locationConstraint, bucketAcl } = yield* client.settings
  const body = locationConstraint === "" ? new Uint8Array() : yield* locationBody(locationConstraint)
  const headers = { ...(yield* contentMd5(body)), ...(bucketAcl !== "" && { "x-amz-acl": bucketAcl }) }
  yield* client.send({ method: "PUT", bucket, body, headers })
}, Effect.scoped)

/** DeleteBucket. */
export const deleteBucket = (client: S3Client, bucket: string) =>
  Effect.scoped(Effect.asVoid(client.send({ method: "DELETE", bucket })))

/** ListObjectsV2: one page of the keys that start with a prefix, those with a delimiter behind it as one. */
export const listObjects = Effect.fnUntraced(function* (
  client: S3Client,
  bucket: string,
  options: {
    readonly prefix: string
    readonly maxKeys: number
    readonly delimiter?: string | undefined
    readonly token?: string | undefined
  }
) {
  const { listUrlEncode } = yield* client.settings
  const query = {
    "list-type": "2",
    prefix: options.prefix,
    delimiter: options.delimiter,
    "max-keys": String(options.maxKeys),
    "encoding-type": listUrlEncode ? "url" : undefined,
    "continuation-token": options.token
  }
  return yield* listingOf(
    yield* documentNamed(yield* client.send({ method: "GET", bucket, query }), "ListBucketResult")
  )
}, Effect.scoped)
