/**
 * Works of stores with options.
 */
import * as S3 from "@aws-sdk/client-s3"
import type { ObjectStore } from "@mooring/core"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { encodeKey } from "../../src/signature.ts"
import { base64Md5, stored } from "../double/cases/fixture.ts"
import { customerKey } from "../double/cases/versionRuns.ts"
import {
  at,
  attributes,
  begin,
  completed,
  inBucket,
  listing,
  options,
  parts,
  path,
  small,
  storedPath,
  type Work
} from "./Work.ts"

const key = customerKey(1)
const keySettings = {
  customerKey: {
    algorithm: key.SSECustomerAlgorithm,
    base64: Redacted.make(key.SSECustomerKey),
    md5: key.SSECustomerKeyMD5
  }
}
const sourceKey = {
  CopySourceSSECustomerAlgorithm: key.SSECustomerAlgorithm,
  CopySourceSSECustomerKey: key.SSECustomerKey,
  CopySourceSSECustomerKeyMD5: key.SSECustomerKeyMD5
}
const payer = { RequestPayer: "requester" as const }

const text = { ...at, ...attributes, Body: "text", ContentMD5: base64Md5("text") }
const put = (client: S3.S3Client, further: Partial<S3.PutObjectCommandInput>) =>
  client.send(new S3.PutObjectCommand({ ...text, ...further }))
const write = (store: ObjectStore) => store.write(path, blocks("text"), options)
const drain = (store: ObjectStore, at: ReadonlyArray<string>) =>
  Effect.flatMap(store.read(at), ({ body }) => Stream.runDrain(body))

const marked = { ...listing, MaxKeys: 1 }
/** Where the object of the works is, as the vendor's client wants it written. */
const copySource = `${at.Bucket}/${encodeKey(at.Key)}`
const copied = { ...inBucket, Key: "copied" }
const copiedPath = [...path.slice(0, 1), "copied"]

export const optionWorks: ReadonlyArray<Work> = [
  {
    title: "ListObjects in pages",
    operation: "ListObjects",
    theirs: async (client) => {
      const { NextMarker } = await client.send(new S3.ListObjectsCommand(marked))
      await client.send(new S3.ListObjectsCommand({ ...marked, Marker: NextMarker }))
    },
    ours: Effect.fnUntraced(function* (store) {
      const { cursor } = yield* store.listPage([inBucket.Bucket], { limit: 1 })
      yield* store.listPage([inBucket.Bucket], { limit: 1, ...(cursor !== undefined && { cursor }) })
    }),
    settings: { listVersion: 1 }
  },
  {
    title: "PutObject with an ACL and a storage class",
    operation: "PutObject",
    theirs: (client) => put(client, { ACL: "public-read", StorageClass: "STANDARD_IA" }),
    ours: write,
    settings: { acl: "public-read", storageClass: "STANDARD_IA" }
  },
  {
    title: "CreateBucket with an ACL",
    operation: "CreateBucket",
    theirs: (client) => client.send(new S3.CreateBucketCommand({ Bucket: "created", ACL: "private" })),
    ours: (store) => store.createContainer!(["created"]),
    settings: { bucketAcl: "private" }
  },
  {
    title: "PutObject under a key of KMS",
    operation: "PutObject",
    theirs: (client) => put(client, { ServerSideEncryption: "aws:kms", SSEKMSKeyId: "key" }),
    ours: write,
    settings: { encryption: { algorithm: "aws:kms", kmsKeyId: "key" } }
  },
  {
    title: "PutObject under a key of the customer's",
    operation: "PutObject",
    theirs: async (client) => {
      await put(client, key)
      await client.send(new S3.HeadObjectCommand({ ...at, ...key }))
      await (await client.send(new S3.GetObjectCommand({ ...at, ...key }))).Body?.transformToString()
      await client.send(new S3.HeadObjectCommand({ ...at, ...key }))
      await client.send(new S3.CopyObjectCommand({ ...copied, ...key, ...sourceKey, CopySource: copySource }))
      await client.send(new S3.HeadObjectCommand({ ...copied, ...key }))
    },
    ours: Effect.fnUntraced(function* (store) {
      yield* write(store)
      yield* store.stat(path)
      yield* drain(store, path)
      yield* store.copy!(path, copiedPath)
    }),
    settings: keySettings
  },
  {
    title: "UploadPart under a key of the customer's",
    operation: "UploadPart",
    theirs: async (client) => {
      const upload = { ...(await begin(client, { ...attributes, ...key })), ...key }
      const Parts: Array<S3.CompletedPart> = []
      for (const [index, Body] of parts.entries()) {
        const part = { PartNumber: index + 1, Body, ContentMD5: base64Md5(Body as never) }
        Parts.push({
          PartNumber: part.PartNumber,
          ...(await client.send(new S3.UploadPartCommand({ ...upload, ...part })))
        })
      }
      const { Bucket, Key, UploadId } = upload
      await completed(client, { Bucket, Key, UploadId }, Parts)
    },
    ours: (store) => store.write(path, blocks(...parts), options),
    settings: { ...keySettings, ...small }
  },
  {
    title: "GetObject whose requester pays",
    operation: "GetObject",
    theirs: async (client) => {
      await client.send(new S3.ListObjectsV2Command({ ...listing, ...payer }))
      await client.send(new S3.HeadObjectCommand({ ...stored, ...payer }))
      await (await client.send(new S3.GetObjectCommand({ ...stored, ...payer }))).Body?.transformToString()
      await put(client, payer)
      await client.send(new S3.DeleteObjectCommand({ ...at, ...payer }))
    },
    ours: Effect.fnUntraced(function* (store) {
      yield* store.listPage([inBucket.Bucket])
      yield* store.stat(storedPath)
      yield* drain(store, storedPath)
      yield* write(store)
      yield* store.remove(path)
    }),
    settings: { requesterPays: true }
  },
  {
    title: "PutObject signed in the query",
    operation: "PutObject",
    theirs: (client) => put(client, {}),
    ours: write,
    settings: { presignedUploads: true },
    presigned: true
  }
]
