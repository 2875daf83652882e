/** Operations the vendor's client asks for and the double refuses. */
import * as S3 from "@aws-sdk/client-s3"
import type { refusals } from "../behaviours.ts"
import type { S3DoubleOptions } from "../index.ts"
import { bucket, otherBucketKey, readOnlyKey, stored, writeOnlyKey, type Fixture } from "./fixture.ts"
import { directoryRefusals } from "./directoryRefusals.ts"
import { customerKey, enable } from "./versionRuns.ts"
import { send, sign } from "./wire.ts"

export interface Refusal {
  readonly status: number
  /** The client's name for the error. */
  readonly code: string
  readonly run: (fixture: Fixture) => Promise<unknown>
  readonly options?: S3DoubleOptions
}

const at = { Bucket: bucket, Key: "key" }
const etag = '"0123456789abcdef0123456789abcdef"'
const ireland = { region: "eu-west-1", buckets: [bucket] }

/** Uploads these bodies as parts 1, 2, … and completes with what `choose` makes of them. */
const completing =
  (
    bodies: ReadonlyArray<string>,
    choose: (parts: Array<S3.CompletedPart>) => Array<S3.CompletedPart>,
    further: Partial<S3.CompleteMultipartUploadCommandInput> = {}
  ) =>
  async ({ client }: Fixture) => {
    const target = { ...at, ...("Key" in further && { Key: further.Key! }) }
    const { UploadId } = await client.send(new S3.CreateMultipartUploadCommand(target))
    const parts: Array<S3.CompletedPart> = []
    for (const [index, Body] of bodies.entries()) {
      const PartNumber = index + 1
      const { ETag } = await client.send(new S3.UploadPartCommand({ ...target, UploadId, PartNumber, Body }))
      parts.push({ PartNumber, ETag })
    }
    const MultipartUpload = { Parts: choose(parts) }
    const command = { ...target, UploadId, MultipartUpload, ...further }
    await client.send(new S3.CompleteMultipartUploadCommand(command))
    return client.send(new S3.CompleteMultipartUploadCommand(command))
  }

const put = (further: Partial<S3.PutObjectCommandInput>) => (fixture: Fixture) =>
  fixture.client.send(new S3.PutObjectCommand({ ...at, Body: "x", ...further }))

const get = (further: Partial<S3.GetObjectCommandInput>) => (fixture: Fixture) =>
  fixture.client.send(new S3.GetObjectCommand({ ...stored, ...further }))

const copy = (further: Partial<S3.CopyObjectCommandInput>) => (fixture: Fixture) =>
  fixture.client.send(new S3.CopyObjectCommand({ ...at, CopySource: `${bucket}/stored`, ...further }))

const create = (Bucket: string, LocationConstraint?: S3.BucketLocationConstraint) => (fixture: Fixture) =>
  fixture.client.send(
    new S3.CreateBucketCommand({
      Bucket,
      ...(LocationConstraint !== undefined && { CreateBucketConfiguration: { LocationConstraint } })
    })
  )

/** What comes after the stored object was encrypted with a key of the customer's. */
const encrypted = (run: Refusal["run"]) => async (fixture: Fixture) => {
  await put({ Key: stored.Key, ...customerKey(1) })(fixture)
  return run(fixture)
}

/** What the vendor's client makes of a refusal, for requests that it does not send. */
const failure = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } })

/** Reads the stored object without a signature. */
const strange = async ({ double }: Fixture) => {
  const answer = await fetch(`${double.endpoint}/${bucket}/${stored.Key}`)
  throw failure(/<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1] ?? "", answer.status)
}

/** Sends a key with a digest that is not its own, which the vendor's client computes itself. */
const wrongDigest = async ({ double, host }: Fixture) => {
  const { SSECustomerAlgorithm, SSECustomerKey } = customerKey(1)
  const prefix = "x-amz-server-side-encryption-customer"
  const headers = {
    [`${prefix}-algorithm`]: SSECustomerAlgorithm,
    [`${prefix}-key`]: SSECustomerKey,
    [`${prefix}-key-md5`]: "bm9uZQ=="
  }
  const request = await sign({ method: "PUT", host, path: `/${bucket}/key`, headers, body: "x" })
  const answer = await send(double.port, request)
  throw failure(answer.code, answer.status)
}

const same = <A>(value: A) => value
const failed = { status: 412, code: "PreconditionFailed" }
const denied = { status: 403, code: "AccessDenied" }
const invalidPart = { status: 400, code: "InvalidPart" }
const invalidArgument = { status: 400, code: "InvalidArgument" }
const invalidRequest = { status: 400, code: "InvalidRequest" }
const noSuchKey = { status: 404, code: "NoSuchKey" }
const noSuchUpload = { status: 404, code: "NoSuchUpload" }

export const refusalCases: Record<keyof typeof refusals, Refusal> = {
  ...directoryRefusals,
  partTooSmall: { status: 400, code: "EntityTooSmall", run: completing(["small", "last"], same) },
  partEtagWrong: { ...invalidPart, run: completing(["x"], () => [{ PartNumber: 1, ETag: etag }]) },
  partMissing: { ...invalidPart, run: completing(["x"], ([one]) => [{ ...one, PartNumber: 2 }]) },
  partsOutOfOrder: {
    status: 400,
    code: "InvalidPartOrder",
    options: { minimumPartSize: 1 },
    run: completing(["a", "b"], (parts) => parts.toReversed())
  },
  partNumberZero: {
    ...invalidArgument,
    run: ({ client }) => client.send(new S3.UploadPartCommand({ ...at, UploadId: "x", PartNumber: 0, Body: "x" }))
  },
  uploadUnknown: {
    ...noSuchUpload,
    run: ({ client }) => client.send(new S3.AbortMultipartUploadCommand({ ...at, UploadId: "unknown" }))
  },
  uploadCompleted: { ...noSuchUpload, run: completing(["x"], same) },
  completionConditionFailed: { ...failed, run: completing(["x"], same, { Key: stored.Key, IfNoneMatch: "*" }) },
  keyMissing: { ...noSuchKey, run: get({ Key: "missing" }) },
  headMissing: { status: 404, code: "NotFound", run: ({ client }) => client.send(new S3.HeadObjectCommand(at)) },
  bucketMissing: { status: 404, code: "NoSuchBucket", run: get({ Bucket: "missing" }) },
  bucketNotEmpty: {
    status: 409,
    code: "BucketNotEmpty",
    run: ({ client }) => client.send(new S3.DeleteBucketCommand({ Bucket: bucket }))
  },
  bucketOwned: {
    status: 409,
    code: "BucketAlreadyOwnedByYou",
    options: ireland,
    run: create(bucket, "eu-west-1")
  },
  bucketNameInvalid: { status: 400, code: "InvalidBucketName", run: create("ab") },
  bucketElsewhere: { status: 301, code: "PermanentRedirect", run: get({ Bucket: "elsewhere" }) },
  constraintForeign: {
    status: 400,
    code: "IllegalLocationConstraintException",
    options: ireland,
    run: create("created", "eu-central-1")
  },
  createTaken: { ...failed, run: put({ Key: stored.Key, IfNoneMatch: "*" }) },
  replaceChanged: { ...failed, run: put({ Key: stored.Key, IfMatch: etag }) },
  replaceMissing: { ...noSuchKey, run: put({ IfMatch: etag }) },
  readChanged: { ...failed, run: get({ IfMatch: etag }) },
  notModified: {
    status: 304,
    code: "Unknown",
    run: async (fixture) => {
      const { ETag } = await get({})(fixture)
      return get({ IfNoneMatch: ETag })(fixture)
    }
  },
  rangeBeyond: { status: 416, code: "InvalidRange", run: get({ Range: "bytes=12-" }) },
  copyOntoItself: { status: 400, code: "InvalidRequest", run: copy({ Key: stored.Key }) },
  copySourceMissing: { ...noSuchKey, run: copy({ CopySource: `${bucket}/missing` }) },
  copySourceChanged: { ...failed, run: copy({ CopySourceIfMatch: etag }) },
  copyRangeBeyond: {
    ...invalidArgument,
    run: async ({ client }) => {
      const { UploadId } = await client.send(new S3.CreateMultipartUploadCommand(at))
      const source = { CopySource: `${bucket}/stored`, CopySourceRange: "bytes=0-12" }
      return client.send(new S3.UploadPartCopyCommand({ ...at, UploadId, PartNumber: 1, ...source }))
    }
  },
  versionMissing: {
    status: 404,
    code: "NoSuchVersion",
    run: async (fixture) => {
      await enable(fixture)
      return get({ VersionId: "0".repeat(32) })(fixture)
    }
  },
  markerRead: {
    status: 405,
    code: "MethodNotAllowed",
    run: async (fixture) => {
      await enable(fixture)
      const { VersionId } = await fixture.client.send(new S3.DeleteObjectCommand(stored))
      return get({ VersionId })(fixture)
    }
  },
  customerKeyMissing: { ...invalidRequest, run: encrypted(get({})) },
  customerKeyOther: { ...denied, run: encrypted(get(customerKey(2))) },
  customerKeyNeedless: { ...invalidRequest, run: get(customerKey(1)) },
  customerKeyDigest: { ...invalidArgument, run: wrongDigest },
  partWithoutKey: {
    ...invalidRequest,
    run: async ({ client }) => {
      const { UploadId } = await client.send(new S3.CreateMultipartUploadCommand({ ...at, ...customerKey(1) }))
      return client.send(new S3.UploadPartCommand({ ...at, UploadId, PartNumber: 1, Body: "x" }))
    }
  },
  archived: {
    status: 403,
    code: "InvalidObjectState",
    run: async (fixture) => {
      await put({ Key: stored.Key, StorageClass: "GLACIER" })(fixture)
      return get({})(fixture)
    }
  },
  aclUnknown: { ...invalidArgument, run: put({ ACL: "none" as S3.ObjectCannedACL }) },
  privateObject: {
    ...denied,
    run: async (fixture) => {
      await put({ Key: stored.Key, ACL: "public-read" })(fixture)
      await put({ Key: stored.Key, ACL: "private" })(fixture)
      return strange(fixture)
    }
  },
  versionsRemain: {
    status: 409,
    code: "BucketNotEmpty",
    run: async (fixture) => {
      await enable(fixture)
      await fixture.client.send(new S3.DeleteObjectCommand(stored))
      return fixture.client.send(new S3.DeleteBucketCommand({ Bucket: bucket }))
    }
  },
  partsOfUnknown: {
    ...noSuchUpload,
    run: ({ client }) => client.send(new S3.ListPartsCommand({ ...at, UploadId: "unknown" }))
  },
  tokenForeign: {
    ...invalidArgument,
    run: ({ client }) => client.send(new S3.ListObjectsV2Command({ Bucket: bucket, ContinuationToken: "c3RvcmVk" }))
  },
  keyTooLong: { status: 400, code: "KeyTooLongError", run: put({ Key: "k".repeat(1025) }) },
  metadataTooLarge: { status: 400, code: "MetadataTooLarge", run: put({ Metadata: { a: "x".repeat(2048) } }) },
  readOnly: {
    ...denied,
    run: async ({ as }) => {
      await as(readOnlyKey).send(new S3.GetObjectCommand(stored))
      return as(readOnlyKey).send(new S3.PutObjectCommand({ ...at, Body: "x" }))
    }
  },
  writeOnly: {
    ...denied,
    run: async ({ as }) => {
      await as(writeOnlyKey).send(new S3.PutObjectCommand({ ...at, Body: "x" }))
      return as(writeOnlyKey).send(new S3.GetObjectCommand(stored))
    }
  },
  otherBucket: { ...denied, run: ({ as }) => as(otherBucketKey).send(new S3.GetObjectCommand(stored)) }
}
