/**
 * The conformance suites over the strict double.
 */
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

await conformance(pluginSubject("the S3 double", config), { skipped: new URL("skipped/double.txt", import.meta.url) })
