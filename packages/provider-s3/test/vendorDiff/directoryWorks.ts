/**
 * Works on a directory bucket, which both clients reach at the endpoints of Amazon and with sessions of their own.
 */
import * as S3 from "@aws-sdk/client-s3"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { directoryBucket } from "../double/cases/directoryFixture.ts"
import { stored } from "../double/cases/fixture.ts"
import { attributes, options, parts, pendingKey, small, type Work } from "./Work.ts"

const inBucket = { Bucket: directoryBucket }
const at = { ...inBucket, Key: pendingKey }
const path = [directoryBucket, "dir", pendingKey.slice(4)]
const storedThere = { ...inBucket, Key: stored.Key }
const storedPath = [directoryBucket, stored.Key]
const listing = { ...inBucket, Prefix: "", Delimiter: "/", MaxKeys: 1, EncodingType: "url" as const }

const inParts = async (client: S3.S3Client) => {
  const begin = new S3.CreateMultipartUploadCommand({ ...at, ...attributes, ChecksumAlgorithm: "CRC32" })
  const { UploadId } = await client.send(begin)
  const Parts: Array<S3.CompletedPart> = []
  for (const [index, Body] of parts.entries()) {
    const part = { ...at, UploadId, PartNumber: index + 1, Body }
    const { ETag, ChecksumCRC32 } = await client.send(new S3.UploadPartCommand(part))
    Parts.push({ PartNumber: part.PartNumber, ETag, ChecksumCRC32 })
  }
  await client.send(new S3.CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }))
}

export const directoryWorks: ReadonlyArray<Work> = (
  [
    {
      title: "PutObject in a directory bucket",
      operation: "PutObject",
      theirs: (client) => client.send(new S3.PutObjectCommand({ ...at, ...attributes, Body: "text" })),
      ours: (store) => store.write(path, blocks("text"), options)
    },
    {
      title: "GetObject in a directory bucket",
      operation: "GetObject",
      theirs: async (client) => {
        const { Body } = await client.send(new S3.GetObjectCommand({ ...storedThere, Range: "bytes=2-5" }))
        await Body?.transformToString()
      },
      ours: (store) =>
        Effect.flatMap(store.read(storedPath, { range: { start: 2, end: 5 } }), ({ body }) => Stream.runDrain(body))
    },
    {
      title: "ListObjectsV2 of a directory bucket in pages",
      operation: "ListObjectsV2",
      theirs: async (client) => {
        const { NextContinuationToken } = await client.send(new S3.ListObjectsV2Command(listing))
        await client.send(new S3.ListObjectsV2Command({ ...listing, ContinuationToken: NextContinuationToken }))
      },
      ours: Effect.fnUntraced(function* (store) {
        const { cursor } = yield* store.listPage([directoryBucket], { limit: 1 })
        yield* store.listPage([directoryBucket], { limit: 1, ...(cursor !== undefined && { cursor }) })
      })
    },
    {
      title: "UploadPart in a directory bucket",
      operation: "UploadPart",
      theirs: inParts,
      ours: (store) => store.write(path, blocks(...parts), options),
      settings: small
    },
    {
      title: "CopyObject in a directory bucket",
      operation: "CopyObject",
      theirs: async (client) => {
        await client.send(new S3.HeadObjectCommand(storedThere))
        await client.send(new S3.CopyObjectCommand({ ...at, CopySource: `/${directoryBucket}/${stored.Key}` }))
        await client.send(new S3.HeadObjectCommand(at))
      },
      ours: (store) => store.copy!(storedPath, path)
    },
    {
      title: "DeleteObject in a directory bucket",
      operation: "DeleteObject",
      theirs: (client) => client.send(new S3.DeleteObjectCommand(storedThere)),
      ours: (store) => store.remove(storedPath)
    },
    {
      title: "HeadBucket of a directory bucket",
      operation: "HeadBucket",
      theirs: (client) => client.send(new S3.HeadBucketCommand(inBucket)),
      ours: (store) => store.stat([directoryBucket])
    },
    {
      title: "DeleteBucket of a directory bucket",
      operation: "DeleteBucket",
      theirs: (client) => client.send(new S3.DeleteBucketCommand({ Bucket: "other--usw2-az1--x-s3" })),
      ours: (store) => store.removeContainer!(["other--usw2-az1--x-s3"])
    }
  ] satisfies ReadonlyArray<Work>
).map((work): Work => ({ ...work, directory: true }))
