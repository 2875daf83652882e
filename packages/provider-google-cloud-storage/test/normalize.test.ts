import { assert, it } from "@effect/vitest"
import { decodeOptions } from "@mooring/core/options/decode"
import * as Result from "effect/Result"
import { GoogleCloudStorageConfig } from "../src/GoogleCloudStorageConfig.ts"
import { normalize } from "../src/normalize.ts"
import { defaultServiceAccount } from "./double/index.ts"

const settle = (options: object) =>
  normalize(Result.getOrThrow(decodeOptions(GoogleCloudStorageConfig.fields, options)).config)

const settingsOf = (options: object) => Result.getOrThrow(settle({ anonymous: true, ...options }))
const issuesOf = (options: object) =>
  Result.getOrThrow(Result.flip(settle(options))).map(({ pointer, code }) => `${pointer} ${code}`)

it("the endpoint is Google's, or an address with or without a path", () => {
  const placeOf = (endpoint: string) => {
    const { origin, basePath } = settingsOf({ endpoint })
    return `${origin} ${basePath}`
  }
  assert.strictEqual(placeOf(""), "https://storage.googleapis.com /storage/v1")
  assert.strictEqual(placeOf("http://127.0.0.1:4443"), "http://127.0.0.1:4443 /storage/v1")
  assert.strictEqual(placeOf("http://127.0.0.1:4443/"), "http://127.0.0.1:4443 /storage/v1")
  assert.strictEqual(placeOf("storage-x.p.googleapis.com"), "https://storage-x.p.googleapis.com /storage/v1")
  assert.strictEqual(placeOf("https://proxy.test/gcs/storage/v1/"), "https://proxy.test /gcs/storage/v1")
  for (const endpoint of [
    "https://user@store.test",
    "http:/store.test",
    "ftp://store.test",
    "https://b.storage.googleapis.com"
  ]) {
    assert.deepStrictEqual(issuesOf({ anonymous: true, endpoint }), ["#/endpoint invalid_value"], endpoint)
  }
})

const json = JSON.stringify({
  type: "service_account",
  client_email: defaultServiceAccount.email,
  private_key: defaultServiceAccount.privateKey
})

const everything = {
  anonymous: true,
  service_account_credentials: json,
  service_account_file: "/etc/account.json",
  env_auth: true,
  access_token: "ya29.token",
  token: '{"access_token":"ya29.other","refresh_token":"1//refresh"}',
  client_credentials: true,
  client_id: "client",
  client_secret: "secret",
  token_url: "https://token.test/token"
}

it("the first way that is asked for is used, in the documented order", () => {
  const order = [
    ["anonymous", "anonymous"],
    ["service_account_credentials", "json"],
    ["service_account_file", "file"],
    ["env_auth", "environment"],
    ["access_token", "static"],
    ["token", "token"],
    ["client_credentials", "client"]
  ] as const
  const left: Record<string, unknown> = { ...everything }
  order.forEach(([name, kind], index) => {
    const { credentials, authentication } = Result.getOrThrow(settle(left))
    assert.strictEqual(credentials.kind, kind)
    assert.deepStrictEqual(authentication, {
      used: name === "anonymous" ? [] : [name],
      ignored: order.slice(index + 1).map(([other]) => other)
    })
    delete left[name]
  })
  assert.deepStrictEqual(issuesOf(left), ["#/token missing_field"])
})

it("what is set up by halves is named", () => {
  assert.deepStrictEqual(issuesOf({}), ["#/service_account_credentials missing_field"])
  assert.deepStrictEqual(issuesOf({ client_credentials: true, client_id: "client" }), [
    "#/client_secret missing_field",
    "#/token_url missing_field"
  ])
  assert.deepStrictEqual(
    issuesOf({ anonymous: true, bucket_policy_only: true, object_acl: "private", location: "a b" }),
    ["#/location invalid_value", "#/object_acl conflicting_fields"]
  )
})

it("an ACL of objects that was left out is left to us, and that of buckets is private", () => {
  const { objectAcl, bucketAcl } = settingsOf({})
  assert.deepStrictEqual([objectAcl, bucketAcl], [undefined, "private"])
})
