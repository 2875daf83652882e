/** What every case gets: a fresh double with one object in it, and the vendor's client on it. */
import { S3Client } from "@aws-sdk/client-s3"
import { defaultAccessKey, startS3Double, type AccessKey, type S3Double, type S3DoubleOptions } from "../index.ts"
import { md5, newBucket, storeObject } from "../objects.ts"

export interface Fixture {
  readonly double: S3Double
  readonly client: S3Client
  /** `127.0.0.1:<port>`. */
  readonly host: string
  /** Another client, signing as this key. */
  readonly as: (key: AccessKey) => S3Client
}

export const temporaryKey: AccessKey = {
  accessKeyId: "ASIADOUBLE0000000000",
  secretAccessKey: "temporary-secret",
  sessionToken: "a/session+token=="
}

const other = (accessKeyId: string, rest: Partial<AccessKey>): AccessKey => ({
  accessKeyId,
  secretAccessKey: "secret",
  ...rest
})

export const readOnlyKey = other("AKIAREADONLY", { policy: "read-only" })
export const writeOnlyKey = other("AKIAWRITEONLY", { policy: "write-only" })
export const otherBucketKey = other("AKIAOTHERBUCKET", { bucket: "other" })

export const bucket = "bucket"

/** The object that is there from the start: Bucket and Key as the client takes them. */
export const stored = { Bucket: bucket, Key: "stored" }

export const storedBody = "hello, world"

export const base64Md5 = (text: string): string => md5(Buffer.from(text)).toString("base64")

const clientOf = (double: S3Double, credentials: AccessKey): S3Client =>
  new S3Client({
    endpoint: double.endpoint,
    region: double.region,
    credentials,
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED"
  })

/** Runs a case against its own double and closes it, whatever happens. */
export const withFixture = async (
  run: (fixture: Fixture) => Promise<unknown>,
  options: S3DoubleOptions = {}
): Promise<void> => {
  const double = await startS3Double({
    buckets: [bucket, { name: "elsewhere", region: "eu-central-1" }],
    accessKeys: [defaultAccessKey, temporaryKey, readOnlyKey, writeOnlyKey, otherBucketKey],
    ...options
  })
  const attributes = { contentType: "text/plain", system: {}, metadata: { colour: "blue" } }
  const into = double.buckets.get(bucket) ?? newBucket(bucket, double.region, 0)
  storeObject(into, stored.Key, Buffer.from(storedBody), attributes, Date.now())
  const clients: Array<S3Client> = []
  const as = (key: AccessKey) => {
    const client = clientOf(double, key)
    clients.push(client)
    return client
  }
  try {
    await run({ double, client: as(defaultAccessKey), host: `127.0.0.1:${double.port}`, as })
  } finally {
    for (const client of clients) client.destroy()
    await double.close()
  }
}
