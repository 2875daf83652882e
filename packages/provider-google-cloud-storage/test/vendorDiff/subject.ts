/**
 * The vendor's client and ours, and the doubles on which both do a work.
 */
import { Storage } from "@google-cloud/storage"
import { GoogleAuth } from "google-auth-library"
import type { VendorDiffSubject } from "@mooring/testkit/vendorDiff"
import * as Effect from "effect/Effect"
import { bucket, jwtOf, stored, storedBody } from "../double/cases/fixture.ts"
import { defaultServiceAccount, startStorageDouble, type StorageDouble } from "../double/index.ts"
import type { Injected } from "../double/injections.ts"
import { storeObject } from "../double/objects.ts"
import { openHasty } from "../host.ts"
import { works, type Work } from "./works.ts"

/** `bucket` with two objects, and `empty`. */
const startDouble = async ({ operation }: Work, injected: ReadonlyArray<Injected>) => {
  const double = await startStorageDouble({ buckets: [bucket, "empty"] })
  const into = double.buckets.get(bucket)
  const attributes = { contentType: "text/plain", metadata: { colour: "blue" } }
  for (const name of [stored, "dir/a b+c%2F&=?#é~!'()*"]) {
    if (into !== undefined) storeObject(into, { name, body: Buffer.from(storedBody), attributes }, Date.now() - 1000)
  }
  for (const one of injected) double.injectNext({ operation }, one)
  return double
}

/** The vendor's client with its own rules for what is sent again, and less patience. */
const vendorAt = (double: StorageDouble): Storage =>
  new Storage({
    apiEndpoint: double.endpoint,
    projectId: double.project,
    useAuthWithCustomEndpoint: true,
    authClient: new GoogleAuth({ authClient: jwtOf(double, defaultServiceAccount) }),
    retryOptions: { maxRetries: 3, retryDelayMultiplier: 1, maxRetryDelay: 1, totalTimeout: 20 }
  })

const refusal = (status: number, reason: string): Injected => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ error: { code: status, message: "injected", errors: [{ domain: "global", reason }] } })
})

const failures = {
  "503 once": [refusal(503, "backendError")],
  "429 once": [refusal(429, "rateLimitExceeded")],
  "a reset": ["drop"],
  "a lost answer": ["apply-then-drop"]
} as const

/** Where one of its streams fails, the vendor's client rejects promises that nobody waits for. */
const isStreamed = ({ operation }: Work): boolean => /^uploads|^objects\.(insert|download)/.test(operation)

/** The vendor's client for Cloud Storage and ours, each on a double of its own. Tokens are not compared. */
const subjectOf = (
  chosen: ReadonlyArray<Work>,
  failing: VendorDiffSubject<Work, StorageDouble, Injected>["failures"]
): VendorDiffSubject<Work, StorageDouble, Injected> => ({
  works: chosen,
  failures: failing,
  classes: [
    ["header", "host", /./, "the host"],
    ["header", "authorization", /^Bearer ya29\.double-/, "a token"],
    ["header", "content-type", /^multipart\/related; boundary=/, "multipart/related"],
    ["header", "user-agent", /./, "the name of the client"],
    ["header", "x-goog-api-client", /./, "the name of the client"],
    ["header", "content-length", /^\d+$/, "a length"],
    ["parameter", "generation", /^\d+$/, "the generation"],
    ["parameter", "sourceGeneration", /^\d+$/, "the generation"],
    ["parameter", "ifGenerationMatch", /^\d{10,}$/, "the generation"],
    ["parameter", "upload_id", /./, "the session"],
    ["header", "x-goog-gcs-idempotency-token", /./, "a random id"],
    ["header", "x-retry-test-id", /./, "a random id"]
  ],
  start: (work, injected) =>
    Effect.map(
      Effect.acquireRelease(
        Effect.promise(() => startDouble(work, injected)),
        (double) => Effect.promise(() => double.close())
      ),
      (double) => ({
        server: double,
        requests: () => double.requests.filter(({ operation }) => !operation.startsWith("oauth."))
      })
    ),
  theirs: (work, double) => Effect.tryPromise(() => work.theirs(vendorAt(double))),
  ours: (work, double) =>
    Effect.flatMap(
      openHasty({
        endpoint: double.endpoint,
        project_number: double.project,
        service_account_credentials: double.keyFile()
      }),
      work.ours
    )
})

/** Works that are done once more with each failure, and works that are not. */
export const subjects = {
  failing: subjectOf(
    works.filter((work) => !isStreamed(work)),
    failures
  ),
  streamed: subjectOf(works.filter(isStreamed), {})
}
