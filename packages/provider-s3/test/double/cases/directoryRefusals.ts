/** Operations that the vendor's client asks of a directory bucket and the double refuses. */
import * as S3 from "@aws-sdk/client-s3"
import { asVendor, byAccount, bySession, directoryBucket as Bucket, hostOf, inDirectory } from "./directoryFixture.ts"
import type { Fixture } from "./fixture.ts"
import { send, type WireResponse } from "./wire.ts"

const at = { Bucket, Key: "key" }
const body = "0123456789"

/** Uploads parts of these numbers and completes with what `choose` makes of them. */
const completing = (numbers: ReadonlyArray<number>, choose: (part: S3.CompletedPart) => S3.CompletedPart) => {
  return ({ double }: Fixture) =>
    asVendor(double, async (client) => {
      const { UploadId } = await client.send(new S3.CreateMultipartUploadCommand({ ...at, ChecksumAlgorithm: "CRC32" }))
      const Parts: Array<S3.CompletedPart> = []
      for (const PartNumber of numbers) {
        const part = { ...at, UploadId, PartNumber, Body: body }
        const { ETag, ChecksumCRC32 } = await client.send(new S3.UploadPartCommand(part))
        Parts.push(choose({ PartNumber, ETag, ChecksumCRC32 }))
      }
      return client.send(new S3.CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }))
    })
}

const create =
  (name: string, zone: string) =>
  ({ double }: Fixture) =>
    asVendor(double, (client) =>
      client.send(
        new S3.CreateBucketCommand({
          Bucket: name,
          CreateBucketConfiguration: {
            Location: { Type: "AvailabilityZone", Name: zone },
            Bucket: { Type: "Directory", DataRedundancy: "SingleAvailabilityZone" }
          }
        })
      )
    )

/** What the vendor's client makes of an answer to a request that it does not send. */
const refused = ({ status, code }: WireResponse): never => {
  throw Object.assign(new Error(code), { name: code, $metadata: { httpStatusCode: status } })
}

const invalid = { status: 400, code: "InvalidRequest" }
const options = inDirectory

export const directoryRefusals = {
  directoryPartGap: { run: completing([1, 3], (part) => part), status: 400, code: "InvalidPart", options },
  directoryCompletionDigest: {
    run: completing([1], ({ PartNumber, ETag }) => ({ PartNumber, ETag })),
    ...invalid,
    options
  },
  directoryPartDigest: {
    run: ({ double }: Fixture) =>
      asVendor(
        double,
        async (client) => {
          const begin = new S3.CreateMultipartUploadCommand({ ...at, ChecksumAlgorithm: "CRC32" })
          const { UploadId } = await client.send(begin)
          return client.send(new S3.UploadPartCommand({ ...at, UploadId, PartNumber: 1, Body: body }))
        },
        { requestChecksumCalculation: "WHEN_REQUIRED" }
      ),
    ...invalid,
    options
  },
  directoryCopyBySession: {
    run: async ({ double }: Fixture) => {
      const headers = { "x-amz-copy-source": `/${Bucket}/key` }
      const copy = { method: "PUT", host: hostOf(double), path: "/copy", headers }
      refused(await send(double.port, await bySession(double, copy)))
    },
    status: 403,
    code: "AccessDenied",
    options
  },
  directoryZone: { run: create("new--usw2-az1--x-s3", "usw2-az2"), ...invalid, options },
  directoryName: {
    run: async ({ double, host }: Fixture) =>
      refused(await send(double.port, await byAccount({ method: "PUT", host, path: "/plain" }))),
    status: 400,
    code: "InvalidBucketName",
    options
  },
  directoryUnknown: {
    run: ({ double }: Fixture) =>
      asVendor(double, (client) =>
        client.send(new S3.GetObjectCommand({ Bucket: "missing--usw2-az1--x-s3", Key: "key" }))
      ),
    status: 404,
    code: "NoSuchBucket",
    options
  }
}
