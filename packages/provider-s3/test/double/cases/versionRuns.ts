/** Versions, parts and keys of customers, as the vendor's client runs them. */
import * as S3 from "@aws-sdk/client-s3"
import { assert } from "@effect/vitest"
import { bucket, stored, storedBody, type Fixture } from "./fixture.ts"
import { md5 } from "../objects.ts"

export const customerKey = (fill: number) => {
  const key = Buffer.alloc(32, fill)
  return {
    SSECustomerAlgorithm: "AES256",
    SSECustomerKey: key.toString("base64"),
    SSECustomerKeyMD5: md5(key).toString("base64")
  }
}

export const enable = ({ client }: Fixture) =>
  client.send(new S3.PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: "Enabled" } }))

const textOf = async ({ client }: Fixture, further: Partial<S3.GetObjectCommandInput>) =>
  (await client.send(new S3.GetObjectCommand({ ...stored, ...further }))).Body?.transformToString()

/** Cases of what buckets keep. */
export const versionRuns = {
  versions: async (fixture: Fixture) => {
    await enable(fixture)
    const { VersionId } = await fixture.client.send(new S3.PutObjectCommand({ ...stored, Body: "new" }))
    const { Versions = [] } = await fixture.client.send(new S3.ListObjectVersionsCommand({ Bucket: bucket }))
    assert.deepStrictEqual(
      Versions.map((one) => [one.VersionId, one.IsLatest]),
      [
        [VersionId, true],
        ["null", false]
      ]
    )
    assert.strictEqual(await textOf(fixture, { VersionId: "null" }), storedBody)
    assert.strictEqual(await textOf(fixture, {}), "new")
  },
  versionPages: async (fixture: Fixture) => {
    await enable(fixture)
    for (const Body of ["1", "2"]) await fixture.client.send(new S3.PutObjectCommand({ ...stored, Key: "a/b", Body }))
    const seen: Array<string | undefined> = []
    let marker: { KeyMarker?: string; VersionIdMarker?: string } = {}
    for (;;) {
      const input = { Bucket: bucket, MaxKeys: 1, ...marker }
      const page = await fixture.client.send(new S3.ListObjectVersionsCommand(input))
      seen.push(...(page.Versions ?? []).map(({ Key }) => Key))
      if (page.IsTruncated !== true) break
      marker = { KeyMarker: page.NextKeyMarker!, VersionIdMarker: page.NextVersionIdMarker! }
    }
    assert.deepStrictEqual(seen, ["a/b", "a/b", "stored"])
    const grouped = await fixture.client.send(new S3.ListObjectVersionsCommand({ Bucket: bucket, Delimiter: "/" }))
    assert.deepStrictEqual(grouped.CommonPrefixes, [{ Prefix: "a/" }])
  },
  deleteMarker: async (fixture: Fixture) => {
    await enable(fixture)
    const marker = await fixture.client.send(new S3.DeleteObjectCommand(stored))
    assert.isTrue(marker.DeleteMarker)
    const { DeleteMarkers } = await fixture.client.send(new S3.ListObjectVersionsCommand({ Bucket: bucket }))
    assert.deepStrictEqual(
      DeleteMarkers?.map(({ IsLatest }) => IsLatest),
      [true]
    )
    await fixture.client.send(new S3.DeleteObjectCommand({ ...stored, VersionId: marker.VersionId }))
    assert.strictEqual(await textOf(fixture, {}), storedBody)
  },
  listParts: async ({ client }: Fixture) => {
    const at = { Bucket: bucket, Key: "key" }
    const { UploadId } = await client.send(new S3.CreateMultipartUploadCommand(at))
    for (const PartNumber of [2, 1]) {
      await client.send(new S3.UploadPartCommand({ ...at, UploadId, PartNumber, Body: "x".repeat(PartNumber) }))
    }
    const first = await client.send(new S3.ListPartsCommand({ ...at, UploadId, MaxParts: 1 }))
    const after = { PartNumberMarker: first.NextPartNumberMarker }
    const rest = await client.send(new S3.ListPartsCommand({ ...at, UploadId, ...after }))
    const parts = [...(first.Parts ?? []), ...(rest.Parts ?? [])]
    assert.deepStrictEqual(
      parts.map(({ PartNumber, Size }) => [PartNumber, Size]),
      [
        [1, 1],
        [2, 2]
      ]
    )
  },
  customerKey: async (fixture: Fixture) => {
    const key = customerKey(1)
    const put = await fixture.client.send(new S3.PutObjectCommand({ ...stored, Body: "secret", ...key }))
    assert.strictEqual(put.SSECustomerKeyMD5, key.SSECustomerKeyMD5)
    assert.notStrictEqual(put.ETag, `"${md5(Buffer.from("secret")).toString("hex")}"`)
    assert.strictEqual(await textOf(fixture, key), "secret")
    const source = {
      CopySource: `${bucket}/stored`,
      CopySourceSSECustomerAlgorithm: key.SSECustomerAlgorithm,
      CopySourceSSECustomerKey: key.SSECustomerKey,
      CopySourceSSECustomerKeyMD5: key.SSECustomerKeyMD5
    }
    await fixture.client.send(new S3.CopyObjectCommand({ Bucket: bucket, Key: "plain", ...source }))
    assert.strictEqual(await textOf(fixture, { Key: "plain" }), "secret")
  },
  managedKey: async ({ client }: Fixture) => {
    const asked = { ServerSideEncryption: "aws:kms", SSEKMSKeyId: "arn:key" } as const
    await client.send(new S3.PutObjectCommand({ ...stored, Body: "x", ...asked }))
    const { ServerSideEncryption, SSEKMSKeyId } = await client.send(new S3.HeadObjectCommand(stored))
    assert.deepStrictEqual({ ServerSideEncryption, SSEKMSKeyId }, asked)
  },
  copyVersion: async (fixture: Fixture) => {
    await enable(fixture)
    await fixture.client.send(new S3.PutObjectCommand({ ...stored, Body: "new" }))
    const CopySource = `${bucket}/stored?versionId=null`
    await fixture.client.send(new S3.CopyObjectCommand({ Bucket: bucket, Key: "old", CopySource }))
    assert.strictEqual(await textOf(fixture, { Key: "old" }), storedBody)
  },
  requestPayer: ({ client }: Fixture) => client.send(new S3.GetObjectCommand({ ...stored, RequestPayer: "requester" })),
  publicObject: async ({ client, double }: Fixture) => {
    await client.send(new S3.PutObjectCommand({ ...stored, Body: "open", ACL: "public-read" }))
    const answer = await fetch(`${double.endpoint}/${bucket}/stored`)
    assert.strictEqual(await answer.text(), "open")
  }
}
