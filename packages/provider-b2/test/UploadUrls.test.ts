import { assert, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import type { Authorization } from "../src/api/authorize.ts"
import { makeUploadUrls } from "../src/api/UploadUrls.ts"
import { settings } from "./fakeService.ts"

const authorization = (): Authorization => ({
  accountId: "account",
  token: Redacted.make("token"),
  version: 4,
  apiUrl: "https://api.test",
  downloadUrl: "https://f.test",
  capabilities: undefined,
  buckets: undefined,
  namePrefix: "",
  account: settings.account,
  key: settings.key
})

const from = authorization()
const target = { url: "https://pod.test/1", token: Redacted.make("upload"), from }

it("a URL is taken by one at a time, for what it was made for", () => {
  const urls = makeUploadUrls()
  assert.isUndefined(urls.take(from, "bucket"))
  urls.giveBack("bucket", target)
  assert.isUndefined(urls.take(from, "other"))
  assert.strictEqual(urls.take(from, "bucket"), target)
  assert.isUndefined(urls.take(from, "bucket"))
})

it("no more than 64 are kept for one purpose", () => {
  const urls = makeUploadUrls()
  for (let index = 0; index < 65; index += 1) urls.giveBack("bucket", target)
  const taken = Array.from({ length: 65 }, () => urls.take(from, "bucket"))
  assert.deepStrictEqual([taken[63], taken[64]], [target, undefined])
})

it("a URL does not outlive the authorization that it came with, nor what it was for", () => {
  const urls = makeUploadUrls()
  urls.giveBack("bucket", target)
  assert.isUndefined(urls.take(authorization(), "bucket"))
  assert.isUndefined(urls.take(from, "bucket"))
  urls.giveBack("file", target)
  urls.forget("file")
  assert.isUndefined(urls.take(from, "file"))
})
