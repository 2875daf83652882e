/**
 * The conformance suites over the strict double, once for each version of ListObjects.
 */
import { suites } from "@mooring/testkit"
import { conformance } from "@mooring/testkit/conformance"
import { afterAll } from "vitest"
import { defaultAccessKey, startS3Double } from "./double/index.ts"
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
