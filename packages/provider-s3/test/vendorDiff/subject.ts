/**
 * The vendor's client for S3 and ours, and the doubles on which both do a work.
 */
import { S3Client } from "@aws-sdk/client-s3"
import { SignatureV4 } from "@smithy/signature-v4"
import { storePolicy } from "@mooring/core/Attempts"
import type { VendorDiffSubject } from "@mooring/testkit/vendorDiff"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { makeS3Client } from "../../src/api/S3Client.ts"
import { storeOf } from "../../src/S3Store.ts"
import { asVendor, directoryBucket, inDirectory } from "../double/cases/directoryFixture.ts"
import { bucket, stored, storedBody } from "../double/cases/fixture.ts"
import { Sha256 } from "../double/cases/Sha256.ts"
import { defaultAccessKey, startS3Double, type S3Double } from "../double/index.ts"
import type { Injected } from "../double/injections.ts"
import { newUpload, storeObject } from "../double/objects.ts"
import { enableVersioning } from "../double/versions.ts"
import { host, hostWith, settingsFor } from "../openDouble.ts"
import { classes } from "./classes.ts"
import { failures } from "./failures.ts"
import { oldTime, pendingKey, type Work } from "./Work.ts"
import { works } from "./works.ts"

/** `bucket` with two objects, `empty`, and `pending` with an upload. */
const startDouble = async (
  { operation, options, versioned = false, directory = false }: Work,
  injected: ReadonlyArray<Injected>
) => {
  const buckets = { buckets: [bucket, "empty", "pending"] }
  const double = await startS3Double({ ...(directory ? inDirectory : buckets), ...options })
  const attributes = { contentType: "text/plain", system: {}, metadata: {} }
  const into = double.buckets.get(directory ? directoryBucket : bucket)!
  const put = (key: string, time = Date.now()) => storeObject(into, key, Buffer.from(storedBody), attributes, time)
  if (versioned) {
    put(stored.Key, oldTime)
    enableVersioning(into)
  }
  put(stored.Key)
  put("zebra")
  const pending = double.buckets.get("pending")
  if (pending !== undefined) newUpload(pending, pendingKey, attributes, Date.now())
  for (const one of injected) double.injectNext({ operation }, one)
  return double
}

/** The vendor's signer, with the signature in the query: all headers stay headers. */
const inQuery = (region: string) => {
  const signer = new SignatureV4({
    service: "s3",
    region,
    credentials: defaultAccessKey,
    sha256: Sha256,
    uriEscapePath: false
  })
  return {
    sign: (request: Parameters<SignatureV4["presign"]>[0]) => {
      const unhoistableHeaders = new Set(Object.keys(request.headers))
      request.headers["X-Amz-Content-Sha256"] = "UNSIGNED-PAYLOAD"
      return signer.presign(request, { expiresIn: 900, unhoistableHeaders })
    }
  }
}

/** The vendor's client, as it is set up for services other than Amazon's: without checksums that none asked for. */
const theirs = async (work: Work, double: S3Double): Promise<unknown> => {
  if (work.directory === true) return asVendor(double, work.theirs, { maxAttempts: 3 })
  const client = new S3Client({
    endpoint: double.endpoint,
    region: double.region,
    credentials: defaultAccessKey,
    forcePathStyle: true,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    ...(work.presigned === true && { signer: inQuery(double.region) as never })
  })
  try {
    return await work.theirs(client)
  } finally {
    client.destroy()
  }
}

/** To which the endpoints of Amazon are this machine. */
const amazonHost = hostWith({ env: {}, allow: "none" }, () => Effect.succeed(["127.0.0.1"]))

/** Settings for directory buckets of Amazon, at the port of the double. */
const directorySettings = ({ port }: S3Double) => {
  const at = (name: string) => `http://${name}.us-east-1.amazonaws.com:${port}`
  const directoryBuckets = { control: at("s3express-control"), zone: "usw2-az1" }
  return {
    origin: at("s3express-usw2-az1"),
    directoryBuckets,
    pathStyle: false,
    multipartEtag: false,
    unsignedPayload: false
  }
}

const ours = Effect.fnUntraced(function* (work: Work, double: S3Double) {
  // One part at a time, so that their order says something.
  const place = work.directory === true ? directorySettings(double) : {}
  const settings = settingsFor(double.endpoint, { uploadConcurrency: 1, ...place, ...work.settings })
  const context = yield* Layer.build(work.directory === true ? amazonHost : host)
  const client = yield* Effect.provide(makeS3Client(Effect.succeed(settings), storePolicy), context)
  return yield* work.ours(storeOf(client, settings))
})

/** The vendor's client for S3 and ours, each on a double of its own. */
export const subject: VendorDiffSubject<Work, S3Double, Injected> = {
  works,
  failures,
  classes,
  start: (work, injected) =>
    Effect.map(
      Effect.acquireRelease(
        Effect.promise(() => startDouble(work, injected)),
        (double) => Effect.promise(() => double.close())
      ),
      (double) => ({ server: double, requests: () => [...double.requests] })
    ),
  theirs: (work, double) => Effect.tryPromise(() => theirs(work, double)),
  ours
}
