/**
 * What the options promise, seen at the strict double.
 */
import { afterAll } from "vitest"
import { defaultAccessKey, startS3Double } from "./double/index.ts"
import { optionsSuite } from "./optionsSuite.ts"

const double = await startS3Double()
afterAll(() => double.close())

const config = {
  provider: "Minio",
  endpoint: double.endpoint,
  access_key_id: defaultAccessKey.accessKeyId,
  secret_access_key: defaultAccessKey.secretAccessKey
}

optionsSuite({ name: "the double", config, kmsKey: "arn:key", copiesEncrypted: true })
