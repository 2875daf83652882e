/** Directory buckets, as the vendor's client uses them. */
import * as S3 from "@aws-sdk/client-s3"
import { assert } from "@effect/vitest"
import { md5 } from "../objects.ts"
import { asVendor, directoryBucket as Bucket } from "./directoryFixture.ts"
import type { Fixture } from "./fixture.ts"

const at = { Bucket, Key: "dir/key" }
const text = "0123456789"

const put = (client: S3.S3Client, Key = at.Key) => client.send(new S3.PutObjectCommand({ Bucket, Key, Body: text }))

const operationsOf = ({ double }: Fixture) => double.requests.map(({ operation }) => operation)

/** Uploads the text as one part and completes it. */
const inParts = async (client: S3.S3Client, part: (upload: S3.UploadPartCommandInput) => Promise<S3.CompletedPart>) => {
  const { UploadId } = await client.send(new S3.CreateMultipartUploadCommand({ ...at, ChecksumAlgorithm: "CRC32" }))
  const sent = await part({ ...at, UploadId, PartNumber: 1 })
  const { ETag, ChecksumCRC32 } = sent
  const MultipartUpload = { Parts: [{ ETag, ChecksumCRC32, PartNumber: 1 }] }
  await client.send(new S3.CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload }))
}

export const directoryRuns = {
  directorySession: (fixture: Fixture) =>
    asVendor(fixture.double, async (client) => {
      const { ETag } = await put(client)
      assert.match(ETag ?? "", /^"[\da-f]{32}"$/)
      assert.notStrictEqual(ETag, `"${md5(Buffer.from(text)).toString("hex")}"`)
      const head = await client.send(new S3.HeadObjectCommand(at))
      assert.deepStrictEqual([head.ETag, head.ContentLength], [ETag, text.length])
      const { Body } = await client.send(new S3.GetObjectCommand(at))
      assert.strictEqual(await Body?.transformToString(), text)
      await client.send(new S3.DeleteObjectCommand(at))
      const operations = ["CreateSession", "PutObject", "HeadObject", "GetObject", "DeleteObject"]
      assert.deepStrictEqual(operationsOf(fixture), operations)
    }),
  directorySessionAnew: (fixture: Fixture) =>
    asVendor(fixture.double, async (client) => {
      // Five minutes after that are over for the client.
      fixture.double.clockOffset = -10 * 60_000
      await put(client)
      await put(client)
      assert.deepStrictEqual(operationsOf(fixture), ["CreateSession", "PutObject", "CreateSession", "PutObject"])
    }),
  directoryListing: (fixture: Fixture) =>
    asVendor(fixture.double, async (client) => {
      const keys = ["a", "b", "c", "d/e", "d/f", "g"]
      for (const Key of keys) await put(client, Key)
      const seen: Array<string | undefined> = []
      let ContinuationToken: string | undefined
      do {
        const page = await client.send(new S3.ListObjectsV2Command({ Bucket, MaxKeys: 2, ContinuationToken }))
        seen.push(...(page.Contents ?? []).map(({ Key }) => Key))
        ContinuationToken = page.NextContinuationToken
      } while (ContinuationToken !== undefined)
      assert.sameMembers(seen, keys)
      assert.notDeepEqual(seen, keys)
      const grouped = await client.send(new S3.ListObjectsV2Command({ Bucket, Delimiter: "/" }))
      assert.deepStrictEqual(grouped.CommonPrefixes, [{ Prefix: "d/" }])
      const below = await client.send(new S3.ListObjectsV2Command({ Bucket, Prefix: "d/" }))
      assert.deepStrictEqual(
        below.Contents?.map(({ StorageClass }) => StorageClass),
        ["EXPRESS_ONEZONE", "EXPRESS_ONEZONE"]
      )
    }),
  directoryCopies: (fixture: Fixture) =>
    asVendor(fixture.double, async (client) => {
      await put(client)
      const CopySource = `${Bucket}/${at.Key}`
      await client.send(new S3.CopyObjectCommand({ Bucket, Key: "copy", CopySource }))
      await inParts(client, async (upload) => {
        const { CopyPartResult } = await client.send(new S3.UploadPartCopyCommand({ ...upload, CopySource }))
        return CopyPartResult ?? {}
      })
      const signers = fixture.double.requests
        .filter(({ operation }) => /Copy/.test(operation))
        .map(({ headers }) => headers["x-amz-s3session-token"])
      assert.deepStrictEqual(signers, [undefined, undefined])
    }),
  directoryParts: (fixture: Fixture) =>
    asVendor(fixture.double, async (client) => {
      await inParts(client, (upload) => client.send(new S3.UploadPartCommand({ ...upload, Body: text })))
      const { Body } = await client.send(new S3.GetObjectCommand(at))
      assert.strictEqual(await Body?.transformToString(), text)
    }),
  directoryDeletes: (fixture: Fixture) =>
    asVendor(fixture.double, async (client) => {
      await put(client)
      const Delete = { Objects: [{ Key: at.Key }] }
      const { Deleted } = await client.send(new S3.DeleteObjectsCommand({ Bucket, Delete }))
      assert.deepStrictEqual(Deleted, [{ Key: at.Key }])
    }),
  directoryUploads: (fixture: Fixture) =>
    asVendor(fixture.double, async (client) => {
      for (const Key of ["a", "a", "b"]) await client.send(new S3.CreateMultipartUploadCommand({ Bucket, Key }))
      const seen: Array<string | undefined> = []
      let KeyMarker: string | undefined
      do {
        const page = await client.send(new S3.ListMultipartUploadsCommand({ Bucket, MaxUploads: 1, KeyMarker }))
        seen.push(...(page.Uploads ?? []).map(({ Key }) => Key))
        KeyMarker = page.IsTruncated === true ? page.NextKeyMarker : undefined
      } while (KeyMarker !== undefined)
      assert.deepStrictEqual(seen, ["a", "a", "b"])
    }),
  directoryBuckets: (fixture: Fixture) =>
    asVendor(fixture.double, async (client) => {
      const created = "created--usw2-az1--x-s3"
      const CreateBucketConfiguration: S3.CreateBucketConfiguration = {
        Location: { Type: "AvailabilityZone", Name: "usw2-az1" },
        Bucket: { Type: "Directory", DataRedundancy: "SingleAvailabilityZone" }
      }
      await client.send(new S3.CreateBucketCommand({ Bucket: created, CreateBucketConfiguration }))
      await client.send(new S3.HeadBucketCommand({ Bucket: created }))
      const first = await client.send(new S3.ListDirectoryBucketsCommand({ MaxDirectoryBuckets: 2 }))
      const { ContinuationToken } = first
      const second = await client.send(new S3.ListDirectoryBucketsCommand({ ContinuationToken }))
      const names = [...(first.Buckets ?? []), ...(second.Buckets ?? [])].map(({ Name }) => Name)
      assert.deepStrictEqual(names, [Bucket, created, "other--usw2-az1--x-s3"])
      await client.send(new S3.DeleteBucketCommand({ Bucket: created }))
      assert.isFalse(fixture.double.buckets.has(created))
    })
}
