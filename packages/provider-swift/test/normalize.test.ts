import { assert, describe, it } from "@effect/vitest"
import { Swift } from "../src/index.ts"

const keystone = { auth: "https://keystone.example.com/v3", user: "demo", key: "secret", tenant: "demo" }
const old = { auth: "https://swift.example.com/auth/v1.0", user: "test:tester", key: "testing" }

const issuesOf = (raw: Readonly<Record<string, unknown>>) =>
  (Swift.prepare(raw).issues ?? []).map(({ pointer, code }) => `${pointer} ${code}`)

describe("normalize", () => {
  it("takes the options of each version", () => {
    assert.deepStrictEqual(issuesOf(keystone), [])
    assert.deepStrictEqual(issuesOf(old), [])
    assert.deepStrictEqual(issuesOf({ ...keystone, auth: "https://host/v2.0" }), [])
    assert.deepStrictEqual(issuesOf({ storage_url: "https://host/v1/AUTH_a", auth_token: "token" }), [])
    assert.deepStrictEqual(issuesOf({ env_auth: true }), [])
  })

  it("refuses what says who asks or for what in a way that the version does not know", () => {
    assert.deepStrictEqual(issuesOf({ ...old, tenant: "t", region: "r", endpoint_type: "admin" }), [
      "#/region conflicting_fields",
      "#/tenant conflicting_fields",
      "#/endpoint_type conflicting_fields"
    ])
    assert.deepStrictEqual(issuesOf({ ...keystone, auth: "https://host/v2.0", user_id: "u", tenant_domain: "d" }), [
      "#/tenant_domain conflicting_fields",
      "#/user_id conflicting_fields"
    ])
  })

  it("lets another way to authenticate stand beside the one that comes first", () => {
    const application = { application_credential_id: "c1", application_credential_secret: "s" }
    for (const auth of [old.auth, "https://host/v2.0", keystone.auth]) {
      assert.deepStrictEqual(issuesOf({ ...old, ...application, auth }), [], auth)
    }
  })

  it("refuses sizes and percentages out of range", () => {
    for (const chunk_size of ["0", "off", "5368709121"]) {
      assert.deepStrictEqual(issuesOf({ ...old, chunk_size }), ["#/chunk_size invalid_value"], chunk_size)
    }
    assert.deepStrictEqual(issuesOf({ ...old, chunk_size: "5368709120", partial_page_fetch_threshold: 100 }), [])
    assert.deepStrictEqual(issuesOf({ ...old, partial_page_fetch_threshold: 101 }), [
      "#/partial_page_fetch_threshold invalid_value"
    ])
  })

  it("refuses what would split a header", () => {
    assert.deepStrictEqual(issuesOf({ ...old, key: "a\r\nX-Evil: 1" }), ["#/key invalid_value"])
    assert.deepStrictEqual(issuesOf({ ...old, user: "a\nb" }), ["#/user invalid_value"])
    assert.deepStrictEqual(issuesOf({ ...old, auth_token: "a b" }), ["#/auth_token invalid_value"])
  })

  it("judges what is written beside the environment, and lets it be incomplete", () => {
    assert.deepStrictEqual(issuesOf({ env_auth: true, auth: "keystone" }), ["#/auth invalid_value"])
    assert.deepStrictEqual(issuesOf({ env_auth: true, region: "r", user: "u" }), [])
  })

  it("names the dangers of addresses and of the environment", () => {
    const prepared = Swift.prepare({ ...keystone, storage_url: "https://host/v1/AUTH_a", env_auth: true })
    const found = prepared.issues === undefined ? prepared.dangers.map(({ pointer }) => pointer).toSorted() : []
    assert.deepStrictEqual(found, ["#/auth", "#/env_auth", "#/storage_url"])
  })
})
