/**
 * Works of a store without options on a bucket without anything special.
 */
import * as S3 from "@aws-sdk/client-s3"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { Readable } from "node:stream"
import { base64Md5, bucket, stored } from "../double/cases/fixture.ts"
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
  pendingKey,
  small,
  storedEtag,
  storedPath,
  type Work
} from "./Work.ts"

const partsSize = parts[0].byteLength + parts[1].byteLength

const uploadInParts = async (client: S3.S3Client) => {
  const upload = await begin(client, attributes)
  const Parts: Array<S3.CompletedPart> = []
  for (const [index, Body] of parts.entries()) {
    const part = { PartNumber: index + 1, Body, ContentMD5: base64Md5(Body as never) }
    const { ETag } = await client.send(new S3.UploadPartCommand({ ...upload, ...part }))
    Parts.push({ PartNumber: part.PartNumber, ETag })
  }
  await completed(client, upload, Parts)
}

/** Copies a source of 12 bytes in parts of 8. */
const copyInParts = async (client: S3.S3Client) => {
  const upload = await begin(client, { ContentType: "text/plain" })
  const source = { CopySource: `${bucket}/stored`, CopySourceIfMatch: storedEtag }
  const Parts: Array<S3.CompletedPart> = []
  for (const [index, CopySourceRange] of ["bytes=0-7", "bytes=8-11"].entries()) {
    const part = { PartNumber: index + 1, ...source, CopySourceRange }
    const { CopyPartResult } = await client.send(new S3.UploadPartCopyCommand({ ...upload, ...part }))
    Parts.push({ PartNumber: part.PartNumber, ETag: CopyPartResult?.ETag })
  }
  await completed(client, upload, Parts)
}

const inParts = (operation: string): Work => ({
  title: `${operation} of an upload in parts`,
  operation,
  theirs: uploadInParts,
  ours: (store) => store.write(path, blocks(...parts), options),
  settings: small
})

export const plainWorks: ReadonlyArray<Work> = [
  {
    title: "ListBuckets",
    operation: "ListBuckets",
    theirs: (client) => client.send(new S3.ListBucketsCommand({})),
    ours: (store) => store.listPage([])
  },
  {
    title: "HeadBucket",
    operation: "HeadBucket",
    theirs: (client) => client.send(new S3.HeadBucketCommand(inBucket)),
    ours: (store) => store.stat([bucket])
  },
  {
    title: "CreateBucket without a location",
    operation: "CreateBucket",
    theirs: (client) => client.send(new S3.CreateBucketCommand({ Bucket: "created" })),
    ours: (store) => store.createContainer!(["created"])
  },
  {
    title: "CreateBucket with a location",
    operation: "CreateBucket",
    theirs: (client) =>
      client.send(
        new S3.CreateBucketCommand({
          Bucket: "created",
          CreateBucketConfiguration: { LocationConstraint: "eu-west-1" }
        })
      ),
    ours: (store) => store.createContainer!(["created"]),
    settings: { region: "eu-west-1", locationConstraint: "eu-west-1" },
    options: { region: "eu-west-1" }
  },
  {
    title: "DeleteBucket",
    operation: "DeleteBucket",
    theirs: (client) => client.send(new S3.DeleteBucketCommand({ Bucket: "empty" })),
    ours: (store) => store.removeContainer!(["empty"])
  },
  {
    title: "ListObjectsV2 in pages",
    operation: "ListObjectsV2",
    theirs: async (client) => {
      const page = { ...listing, MaxKeys: 1 }
      const { NextContinuationToken } = await client.send(new S3.ListObjectsV2Command(page))
      await client.send(new S3.ListObjectsV2Command({ ...page, ContinuationToken: NextContinuationToken }))
    },
    ours: Effect.fnUntraced(function* (store) {
      const { cursor } = yield* store.listPage([bucket], { limit: 1 })
      yield* store.listPage([bucket], { limit: 1, ...(cursor !== undefined && { cursor }) })
    })
  },
  {
    title: "HeadObject",
    operation: "HeadObject",
    theirs: (client) => client.send(new S3.HeadObjectCommand(stored)),
    ours: (store) => store.stat(storedPath)
  },
  {
    title: "GetObject of a range on a condition",
    operation: "GetObject",
    theirs: async (client) => {
      const input = { ...stored, Range: "bytes=2-5", IfMatch: storedEtag }
      await (await client.send(new S3.GetObjectCommand(input))).Body?.transformToString()
    },
    ours: (store) =>
      Effect.flatMap(store.read(storedPath, { range: { start: 2, end: 5 }, ifMatch: storedEtag }), ({ body }) =>
        Stream.runDrain(body)
      )
  },
  {
    title: "PutObject",
    operation: "PutObject",
    theirs: (client) =>
      client.send(new S3.PutObjectCommand({ ...at, ...attributes, Body: "text", ContentMD5: base64Md5("text") })),
    ours: (store) => store.write(path, blocks("text"), options)
  },
  {
    title: "PutObject where there is none",
    operation: "PutObject",
    theirs: (client) =>
      client.send(
        new S3.PutObjectCommand({ ...at, ...attributes, Body: "x", ContentMD5: base64Md5("x"), IfNoneMatch: "*" })
      ),
    ours: (store) => store.write(path, blocks("x"), { ...options, ifNoneMatch: "*" })
  },
  {
    title: "PutObject of a stream",
    operation: "PutObject",
    theirs: (client) =>
      client.send(
        new S3.PutObjectCommand({ ...at, ...attributes, Body: Readable.from([...parts]), ContentLength: partsSize })
      ),
    ours: (store) => store.write(path, blocks(...parts), { ...options, size: partsSize })
  },
  {
    title: "DeleteObject",
    operation: "DeleteObject",
    theirs: (client) => client.send(new S3.DeleteObjectCommand(at)),
    ours: (store) => store.remove(path)
  },
  {
    title: "DeleteObjects",
    operation: "DeleteObjects",
    theirs: (client) =>
      client.send(new S3.DeleteObjectsCommand({ ...inBucket, Delete: { Objects: [stored, at], Quiet: true } })),
    ours: (store) => store.removeMany!([storedPath, path])
  },
  {
    title: "CopyObject",
    operation: "CopyObject",
    theirs: (client) => client.send(new S3.CopyObjectCommand({ ...at, CopySource: `${bucket}/stored` })),
    ours: (store) => store.copy!(storedPath, path)
  },
  {
    title: "CopyObject of a state",
    operation: "CopyObject",
    theirs: (client) =>
      client.send(new S3.CopyObjectCommand({ ...at, CopySource: `${bucket}/stored`, CopySourceIfMatch: storedEtag })),
    ours: (store) => store.copy!(storedPath, path, { ifMatch: storedEtag })
  },
  ...["CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"].map(inParts),
  {
    title: "UploadPartCopy",
    operation: "UploadPartCopy",
    theirs: copyInParts,
    ours: (store) => store.copy!(storedPath, path),
    settings: { copyCutoff: 8 },
    options: { minimumPartSize: 8 }
  },
  {
    title: "ListMultipartUploads",
    operation: "ListMultipartUploads",
    theirs: (client) => client.send(new S3.ListMultipartUploadsCommand(inBucket)),
    ours: (store) => store.listUploads!([bucket])
  },
  {
    title: "AbortMultipartUpload",
    operation: "AbortMultipartUpload",
    theirs: async (client) => {
      const { Uploads } = await client.send(new S3.ListMultipartUploadsCommand({ Bucket: "pending" }))
      await client.send(
        new S3.AbortMultipartUploadCommand({ Bucket: "pending", Key: pendingKey, UploadId: Uploads?.[0]?.UploadId })
      )
    },
    ours: Effect.fnUntraced(function* (store) {
      const { uploads } = yield* store.listUploads!(["pending"])
      yield* store.abortUpload!(uploads[0]!)
    })
  }
]
