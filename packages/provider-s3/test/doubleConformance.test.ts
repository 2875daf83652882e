/**
 * The conformance suites over the strict double, once for each version of ListObjects and once for directory buckets.
 */
import { suites } from "@mooring/testkit"
import { conformance } from "@mooring/testkit/conformance"
import { afterAll } from "vitest"
import { defaultAccessKey, startS3Double } from "./double/index.ts"
import { directoryBucket, localhostHost } from "./openDouble.ts"
import { pluginSubject } from "./pluginSubject.ts"

const double = await startS3Double()
afterAll(() => double.close())

const config = {
  provider: "Minio",
  endpoint: double.endpoint,
  access_key_id: defaultAccessKey.accessKeyId,
  secret_access_key: defaultAccessKey.secretAccessKey
}

const subjectOf = (list_version: number) =>
  pluginSubject(`the S3 double, ListObjects ${list_version}`, { ...config, list_version })
const skipped = new URL("skipped/double.txt", import.meta.url)

await conformance(subjectOf(2), { skipped })

// Faults are of transfers, which know nothing of listings, and take longer than all the others.
await conformance(subjectOf(1), { skipped, suites: suites.filter(({ name }) => name !== "faults") })

const zone = await startS3Double({ directory: true })
afterAll(() => zone.close())

const inZone = { ...config, provider: "AWS", endpoint: `http://localhost:${zone.port}`, directory_bucket: true }
await conformance(
  pluginSubject("the S3 double, directory buckets", inZone, undefined, localhostHost, inZone, directoryBucket),
  {
    skipped: new URL("skipped/directory.txt", import.meta.url)
  }
)
