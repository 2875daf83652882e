/** Every operation as the vendor's client runs it, and what it must get. */
import * as S3 from "@aws-sdk/client-s3"
import { assert } from "@effect/vitest"
import type { admissions } from "../behaviours.ts"
import { md5 } from "../objects.ts"
import type { S3DoubleOptions } from "../index.ts"
import { base64Md5, bucket, stored, storedBody, temporaryKey, type Fixture } from "./fixture.ts"
import { fill, keysOf, list, listingRuns } from "./listingRuns.ts"
import { versionRuns } from "./versionRuns.ts"
import { admissionsV2, takingV2 } from "./admissionCasesV2.ts"
import { inDirectory } from "./directoryFixture.ts"
import { directoryRuns } from "./directoryRuns.ts"
import { presign, send, sign } from "./wire.ts"

export interface Admission {
  readonly run: (fixture: Fixture) => Promise<unknown>
  readonly options?: S3DoubleOptions
}

const at = { Bucket: bucket, Key: "key" }
const inBucket = { Bucket: bucket }
const hex = (text: string | Uint8Array) => md5(Buffer.from(text as string)).toString("hex")

const bucketsOf = async ({ client }: Fixture) =>
  (await client.send(new S3.ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name) ?? []

const read = async ({ client }: Fixture, further: Partial<S3.GetObjectCommandInput> = {}) =>
  (await client.send(new S3.GetObjectCommand({ ...stored, ...further }))).Body?.transformToString()

const begin = async ({ client }: Fixture, Key = at.Key) => ({
  ...inBucket,
  Key,
  UploadId: (await client.send(new S3.CreateMultipartUploadCommand({ ...inBucket, Key }))).UploadId
})

const awkward = [
  "a/../b",
  "./x",
  "..",
  "a//b",
  "/lead",
  "trail/",
  "plus+ and space",
  "%2F",
  "ü/日本",
  "a?b#c&d=e",
  "'(!)*~"
]

const runs: Record<keyof typeof admissions, Admission["run"]> = {
  ...listingRuns,
  ...versionRuns,
  ...admissionsV2,
  ...directoryRuns,
  listBuckets: async (fixture) => assert.deepStrictEqual(await bucketsOf(fixture), [bucket, "elsewhere"]),
  headBucket: async ({ client }) =>
    assert.strictEqual((await client.send(new S3.HeadBucketCommand(inBucket))).BucketRegion, "us-east-1"),
  createBucket: async (fixture) => {
    await fixture.client.send(new S3.CreateBucketCommand({ Bucket: "created" }))
    assert.include(await bucketsOf(fixture), "created")
  },
  createBucketElsewhere: async ({ client }) => {
    const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" } as const
    await client.send(new S3.CreateBucketCommand({ Bucket: "created", CreateBucketConfiguration }))
    const { LocationConstraint } = await client.send(new S3.GetBucketLocationCommand({ Bucket: "created" }))
    assert.strictEqual(LocationConstraint, "eu-west-1")
  },
  deleteBucket: async (fixture) => {
    await fixture.client.send(new S3.DeleteObjectCommand(stored))
    await fixture.client.send(new S3.DeleteBucketCommand(inBucket))
    assert.deepStrictEqual(await bucketsOf(fixture), ["elsewhere"])
  },
  getBucketLocation: async ({ client }) =>
    assert.notOk((await client.send(new S3.GetBucketLocationCommand(inBucket))).LocationConstraint),
  putObject: async (fixture) => {
    const input = { ...at, Body: "abc", ContentMD5: base64Md5("abc") }
    const { ETag } = await fixture.client.send(new S3.PutObjectCommand(input))
    assert.strictEqual(ETag, `"${hex("abc")}"`)
    assert.strictEqual(await read(fixture, at), "abc")
  },
  putMetadata: async ({ client }) => {
    const told = { ContentType: "text/html", CacheControl: "no-store", Metadata: { colour: "red", mtime: "1.5" } }
    await client.send(new S3.PutObjectCommand({ ...at, Body: "abc", StorageClass: "STANDARD_IA", ...told }))
    const { ContentType, CacheControl, Metadata, StorageClass } = await client.send(new S3.HeadObjectCommand(at))
    assert.deepStrictEqual({ ContentType, CacheControl, Metadata }, told)
    assert.strictEqual(StorageClass, "STANDARD_IA")
  },
  putConditionally: async (fixture) => {
    const { ETag } = await fixture.client.send(new S3.PutObjectCommand({ ...at, Body: "1", IfNoneMatch: "*" }))
    await fixture.client.send(new S3.PutObjectCommand({ ...at, Body: "2", IfMatch: ETag }))
    assert.strictEqual(await read(fixture, at), "2")
  },
  getObject: async (fixture) => assert.strictEqual(await read(fixture), storedBody),
  getRange: async (fixture) => {
    const { ContentRange } = await fixture.client.send(new S3.GetObjectCommand({ ...stored, Range: "bytes=1-3" }))
    assert.strictEqual(ContentRange, "bytes 1-3/12")
    assert.strictEqual(await read(fixture, { Range: "bytes=1-3" }), "ell")
  },
  getSuffix: async (fixture) => assert.strictEqual(await read(fixture, { Range: "bytes=-5" }), "world"),
  headObject: async ({ client }) =>
    assert.strictEqual((await client.send(new S3.HeadObjectCommand(stored))).ContentLength, storedBody.length),
  deleteObject: async (fixture) => {
    await fixture.client.send(new S3.DeleteObjectCommand(stored))
    await fixture.client.send(new S3.DeleteObjectCommand(stored))
    assert.deepStrictEqual(keysOf(await list(fixture, {})), [])
  },
  deleteObjects: async (fixture) => {
    await fill(fixture, ["a & <b>", "c"])
    const Delete = { Objects: [{ Key: "a & <b>" }, { Key: "c" }] }
    const { Deleted } = await fixture.client.send(new S3.DeleteObjectsCommand({ ...inBucket, Delete }))
    assert.deepStrictEqual(Deleted, Delete.Objects)
    assert.deepStrictEqual(keysOf(await list(fixture, {})), ["stored"])
  },
  copyObject: async ({ client }) => {
    await client.send(new S3.CopyObjectCommand({ ...at, CopySource: `${bucket}/stored` }))
    const { Metadata, ETag } = await client.send(new S3.HeadObjectCommand(at))
    assert.deepStrictEqual([Metadata, ETag], [{ colour: "blue" }, `"${hex(storedBody)}"`])
  },
  copyReplacing: async ({ client }) => {
    const replacing = { MetadataDirective: "REPLACE", Metadata: { size: "1" } } as const
    await client.send(new S3.CopyObjectCommand({ ...stored, CopySource: `${bucket}/stored`, ...replacing }))
    assert.deepStrictEqual((await client.send(new S3.HeadObjectCommand(stored))).Metadata, { size: "1" })
  },
  multipart: async (fixture) => {
    const upload = await begin(fixture)
    const bodies = [Buffer.alloc(5 * 1024 * 1024, "a"), Buffer.from("rest")]
    const Parts: Array<S3.CompletedPart> = []
    for (const [index, Body] of bodies.entries()) {
      const part = { PartNumber: index + 1, Body }
      const { ETag } = await fixture.client.send(new S3.UploadPartCommand({ ...upload, ...part }))
      Parts.push({ PartNumber: part.PartNumber, ETag })
    }
    const input = { ...upload, MultipartUpload: { Parts } }
    const { ETag } = await fixture.client.send(new S3.CompleteMultipartUploadCommand(input))
    assert.strictEqual(ETag, `"${hex(Buffer.concat(bodies.map((body) => md5(body))))}-2"`)
    assert.strictEqual((await read(fixture, at))?.length, 5 * 1024 * 1024 + 4)
  },
  uploadPartCopy: async (fixture) => {
    const upload = await begin(fixture)
    const source = { CopySource: `${bucket}/stored`, CopySourceRange: "bytes=7-11" }
    const part = new S3.UploadPartCopyCommand({ ...upload, PartNumber: 1, ...source })
    const { CopyPartResult } = await fixture.client.send(part)
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: CopyPartResult?.ETag }] }
    await fixture.client.send(new S3.CompleteMultipartUploadCommand({ ...upload, MultipartUpload }))
    assert.strictEqual(await read(fixture, at), "world")
  },
  abortMultipart: async (fixture) => {
    await fixture.client.send(new S3.AbortMultipartUploadCommand(await begin(fixture)))
    const { Uploads } = await fixture.client.send(new S3.ListMultipartUploadsCommand(inBucket))
    assert.isUndefined(Uploads)
  },
  listMultipartUploads: async (fixture) => {
    const begun = [await begin(fixture, "b"), await begin(fixture, "a"), await begin(fixture, "a")]
    const first = await fixture.client.send(new S3.ListMultipartUploadsCommand({ ...inBucket, MaxUploads: 1 }))
    const marker = { KeyMarker: first.NextKeyMarker, UploadIdMarker: first.NextUploadIdMarker }
    const rest = await fixture.client.send(new S3.ListMultipartUploadsCommand({ ...inBucket, ...marker }))
    const ids = [...(first.Uploads ?? []), ...(rest.Uploads ?? [])].map(({ UploadId }) => UploadId)
    assert.deepStrictEqual(ids, [begun[1]!.UploadId, begun[2]!.UploadId, begun[0]!.UploadId])
  },
  exactKeys: async (fixture) => {
    await fill(fixture, awkward)
    assert.sameMembers(keysOf(await list(fixture, {})), [...awkward, "stored"])
    for (const Key of awkward) assert.strictEqual(await read(fixture, { Key }), Key)
  },
  sessionToken: async ({ as }) => as(temporaryKey).send(new S3.HeadObjectCommand(stored)),
  presignedGet: async ({ double, host }) => {
    const request = await presign({ method: "GET", host, path: `/${bucket}/stored` })
    assert.strictEqual((await send(double.port, request)).body, storedBody)
  },
  virtualHost: async ({ double }) => {
    const request = await sign({ method: "GET", host: `${bucket}.localhost:${double.port}`, path: "/stored" })
    assert.strictEqual((await send(double.port, request)).body, storedBody)
  }
}

const ireland: S3DoubleOptions = { region: "eu-west-1", buckets: [] }

const optionsOf = (id: string): Pick<Admission, "options"> =>
  id === "createBucketElsewhere"
    ? { options: ireland }
    : id in admissionsV2
      ? { options: takingV2 }
      : id in directoryRuns
        ? { options: inDirectory }
        : {}

export const admissionCases = Object.entries(runs).map(
  ([id, run]) => [id as keyof typeof admissions, { run, ...optionsOf(id) }] as const
)
