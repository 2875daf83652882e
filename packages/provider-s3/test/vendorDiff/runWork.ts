/**
 * Does a work with both clients, each on a double of its own in the same state.
 */
import { S3Client } from "@aws-sdk/client-s3"
import { SignatureV4 } from "@smithy/signature-v4"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { storePolicy } from "@mooring/core/Attempts"
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
import { differencesOf, type Difference, type Transcript } from "./compare.ts"
import { oldTime, pendingKey, type Work } from "./Work.ts"

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

const transcriptOf = ({ requests }: S3Double, succeeded: boolean): Transcript => ({
  requests: [...requests],
  outcome: succeeded ? "success" : "failure"
})

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

/** Whether it came to a good end. */
const succeeds = (done: Promise<unknown>): Promise<boolean> =>
  done.then(
    () => true,
    () => false
  )

/** The vendor's client, as it is set up for services other than Amazon's: without checksums that none asked for. */
const theirs = (work: Work, double: S3Double) =>
  Effect.promise(async () => {
    if (work.directory === true) {
      return transcriptOf(double, await asVendor(double, (client) => succeeds(work.theirs(client)), { maxAttempts: 3 }))
    }
    const client = new S3Client({
      endpoint: double.endpoint,
      region: double.region,
      credentials: defaultAccessKey,
      forcePathStyle: true,
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      ...(work.presigned === true && { signer: inQuery(double.region) as never })
    })
    const succeeded = await succeeds(work.theirs(client))
    client.destroy()
    return transcriptOf(double, succeeded)
  })

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
  const exit = yield* Effect.exit(work.ours(storeOf(client, settings)))
  return transcriptOf(double, exit._tag === "Success")
}, Effect.scoped)

/** All that differs between the two when they do a work while the service fails in this way, if it does. */
export const runWork = Effect.fnUntraced(function* (
  work: Work,
  failure?: string,
  injected: ReadonlyArray<Injected> = []
) {
  const onDouble = (client: typeof ours | typeof theirs) =>
    Effect.acquireUseRelease(
      Effect.promise(() => startDouble(work, injected)),
      (double) => client(work, double),
      (double) => Effect.promise(() => double.close())
    )
  const [left, right] = yield* Effect.all([onDouble(theirs), onDouble(ours)], { concurrency: 2 })
  return differencesOf(work, left, right, failure) satisfies ReadonlyArray<Difference>
})
