/**
 * Conformance suites over the strict double, with the keys in the environment of the host: those that show that every
 * kind of request is signed.
 */
import { suites } from "@mooring/testkit"
import { conformance } from "@mooring/testkit/conformance"
import { afterAll } from "vitest"
import { defaultAccessKey, startS3Double } from "./double/index.ts"
import { hostWith } from "./openDouble.ts"
import { pluginSubject } from "./pluginSubject.ts"

const double = await startS3Double()
afterAll(() => double.close())

const { accessKeyId, secretAccessKey } = defaultAccessKey
const config = { provider: "Minio", endpoint: double.endpoint, env_auth: true }
const owner = { endpoint: double.endpoint, access_key_id: accessKeyId, secret_access_key: secretAccessKey }
const host = hostWith({
  env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  allow: "all"
})

await conformance(pluginSubject("the S3 double by env_auth", config, undefined, host, owner), {
  skipped: new URL("skipped/environment.txt", import.meta.url),
  suites: suites.filter(({ name }) => ["connection", "read", "write", "list", "presign"].includes(name))
})
