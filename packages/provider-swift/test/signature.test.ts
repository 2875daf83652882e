import { assert, describe, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import { linkSignature } from "../src/signature.ts"

const link = {
  key: Redacted.make("mykey"),
  digest: "sha1",
  method: "GET",
  expires: 1_440_619_048,
  storageUrl: "https://store.example.com/v1/AUTH_account",
  target: { container: "container", key: "dir/a b" }
} as const

describe("linkSignature", () => {
  it("is what openssl makes of method, end and path", () => {
    assert.strictEqual(linkSignature(link), "ba718423930c76e5cd5873a43b57ebb9a7ec8b88")
    assert.strictEqual(
      linkSignature({ ...link, digest: "sha256" }),
      "e13fc945b913e0fa5052a7af34bf316a71a0ec5f70c3e83ce3b38a4e444800b6"
    )
  })

  it("signs the path as Swift sees it, behind a gateway and with escapes in the account", () => {
    const behind = { ...link, storageUrl: "https://store.example.com/swift/v1/AUTH_account" }
    assert.strictEqual(linkSignature(behind), linkSignature(link))
    const escaped = { ...link, storageUrl: "https://store.example.com/v1/AUTH%5Faccount" }
    assert.strictEqual(linkSignature(escaped), linkSignature(link))
  })

  it("is another for another key, method, end or name", () => {
    const others = [
      { key: Redacted.make("other") },
      { method: "PUT" },
      { expires: 1_440_619_049 },
      { target: { container: "container", key: "dir/a%20b" } },
      { target: { container: "container", key: "dir/a\udcff" } }
    ] as const
    const signatures = [{}, ...others].map((change) => linkSignature({ ...link, ...change }))
    assert.strictEqual(new Set(signatures).size, signatures.length)
  })
})
