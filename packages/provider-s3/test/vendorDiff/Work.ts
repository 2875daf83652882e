/**
 * A work that both clients are asked to do, and what works have in common.
 */
import * as S3 from "@aws-sdk/client-s3"
import type { ObjectStore, StorageError } from "@mooring/core"
import type { Work as SharedWork } from "@mooring/testkit/vendorDiff"
import { pattern } from "@mooring/testkit"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { S3Settings } from "../../src/S3Settings.ts"
import { base64Md5, bucket, stored, storedBody } from "../double/cases/fixture.ts"
import type { S3DoubleOptions } from "../double/index.ts"
import { mebibyte } from "../openDouble.ts"

export interface Work extends SharedWork {
  readonly theirs: (client: S3.S3Client) => Promise<unknown>
  readonly ours: (store: ObjectStore) => Effect.Effect<unknown, StorageError, Scope.Scope>
  readonly settings?: Partial<S3Settings>
  readonly options?: S3DoubleOptions
  /** Whether the bucket keeps versions: of the stored object an old one, `null`, and the current. */
  readonly versioned?: boolean
  /** Whether it is done in a directory bucket, with both clients set up for Amazon. */
  readonly directory?: boolean
  /** Whether the vendor's client signs in the query. */
  readonly presigned?: boolean
}

/** A key in which everything is escaped that can be. */
export const pendingKey = "dir/a b+c%2F&=?#\u00e9~!'()*"
export const inBucket = { Bucket: bucket }
export const at = { ...inBucket, Key: pendingKey }
export const path = [bucket, "dir", pendingKey.slice(4)]
export const storedPath = [bucket, stored.Key]

/** When the old version of the stored object was kept, in milliseconds since 1970. */
export const oldTime = 1_600_000_000_000
export const storedEtag = `"${Buffer.from(base64Md5(storedBody), "base64").toString("hex")}"`

export const small = { chunkSize: 5 * mebibyte, uploadCutoff: 5 * mebibyte }
export const parts = [pattern(5 * mebibyte), Buffer.from("rest")] as const
export const attributes = { ContentType: "text/plain", Metadata: { colour: "blue", mtime: "1.5" } }
export const options = { contentType: "text/plain", metadata: { colour: "blue" }, modified: 1500 }

export const listing = { ...inBucket, Prefix: "", Delimiter: "/", MaxKeys: 1000, EncodingType: "url" as const }

export const begin = async (client: S3.S3Client, stored: Partial<S3.CreateMultipartUploadCommandInput>) => ({
  ...at,
  UploadId: (await client.send(new S3.CreateMultipartUploadCommand({ ...at, ...stored }))).UploadId
})

export const completed = (
  client: S3.S3Client,
  upload: S3.AbortMultipartUploadCommandInput,
  Parts: Array<S3.CompletedPart>
) => client.send(new S3.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }))
