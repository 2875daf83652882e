/**
 * The remote calls on buckets and their listings, each a single attempt.
 */
import { textOf } from "@mooring/core/xml/XmlElement"
import * as Effect from "effect/Effect"
import { bucketsOf, directoryBucketBody, documentNamed, listingOf, locationBody, markedListingOf } from "../wire.ts"
import { digestHeaders } from "./digest.ts"
import type { S3Client } from "./S3Client.ts"

/** ListBuckets: all that these credentials own. */
export const listBuckets = Effect.fnUntraced(function* (client: S3Client) {
  return bucketsOf(yield* documentNamed(yield* client.send({ method: "GET" }), "ListAllMyBucketsResult"))
}, Effect.scoped)

/** ListDirectoryBuckets: a page of those of the region. */
export const listDirectoryBuckets = Effect.fnUntraced(function* (
  client: S3Client,
  { token, limit }: { readonly token: string | undefined; readonly limit: number }
) {
  const query = { "continuation-token": token, "max-directory-buckets": String(limit) }
  const root = yield* documentNamed(yield* client.send({ method: "GET", query }), "ListAllMyDirectoryBucketsResult")
  const next = textOf(root, "ContinuationToken") || undefined
  return { buckets: bucketsOf(root), ...(next !== undefined && { next }) }
}, Effect.scoped)

/** HeadBucket. */
export const headBucket = (client: S3Client, bucket: string) =>
  Effect.scoped(Effect.asVoid(client.send({ method: "HEAD", bucket, ofAccount: true })))

/** CreateBucket of a directory bucket, in the zone of its name. */
export const createDirectoryBucket = Effect.fnUntraced(function* (client: S3Client, bucket: string, zone: string) {
  yield* client.send({ method: "PUT", bucket, body: yield* directoryBucketBody(zone) })
}, Effect.scoped)

/** CreateBucket, with a place where the settings name one. */
export const createBucket = Effect.fnUntraced(function* (client: S3Client, bucket: string) {
  const settings = yield* client.settings
  const { locationConstraint, bucketAcl } = settings
  const body = locationConstraint === "" ? new Uint8Array() : yield* locationBody(locationConstraint)
  const headers = { ...(yield* digestHeaders(settings, body)), ...(bucketAcl !== "" && { "x-amz-acl": bucketAcl }) }
  yield* client.send({ method: "PUT", bucket, body, headers })
}, Effect.scoped)

/** DeleteBucket. */
export const deleteBucket = (client: S3Client, bucket: string) =>
  Effect.scoped(Effect.asVoid(client.send({ method: "DELETE", bucket })))

/** What is different in the two versions: how a page is asked for, and where it says how to go on. */
const versions = {
  1: { parameters: (token: string | undefined) => ({ marker: token }), read: markedListingOf },
  2: {
    parameters: (token: string | undefined) => ({ "list-type": "2", "continuation-token": token }),
    read: listingOf
  }
} as const

/** One page of the keys that start with a prefix, those with a delimiter behind it as one. */
export interface ListRequest {
  readonly prefix: string
  readonly maxKeys: number
  readonly delimiter?: string | undefined
  /** Where the page before said that the listing goes on. */
  readonly token?: string | undefined
}

/** ListObjects of the version in the settings. */
export const listObjects = Effect.fnUntraced(function* (
  client: S3Client,
  bucket: string,
  { prefix, maxKeys, delimiter, token }: ListRequest
) {
  const { listUrlEncode, listVersion } = yield* client.settings
  const { parameters, read } = versions[listVersion]
  const query = {
    ...parameters(token),
    prefix,
    delimiter,
    "max-keys": String(maxKeys),
    "encoding-type": listUrlEncode ? "url" : undefined
  }
  return yield* read(yield* documentNamed(yield* client.send({ method: "GET", bucket, query }), "ListBucketResult"))
}, Effect.scoped)
