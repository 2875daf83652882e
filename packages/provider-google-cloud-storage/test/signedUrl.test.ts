import { assert, it } from "@effect/vitest"
import { hostileNames } from "@mooring/testkit"
import { Storage } from "@google-cloud/storage"
import * as Redacted from "effect/Redacted"
import { publicPath } from "../src/api/address.ts"
import { signedPath } from "../src/signedUrl.ts"
import { defaultServiceAccount } from "./double/index.ts"

const { email, privateKey } = defaultServiceAccount
const vendor = new Storage({ credentials: { client_email: email, private_key: privateKey }, projectId: "p" })

// The vendor signs nothing that ends in the past.
const times = [Date.UTC(2400, 0, 2, 3, 4, 5), Date.UTC(2399, 11, 31, 23, 59, 59, 999)]

it("links are the vendor's, character by character", async () => {
  const names = hostileNames.map(({ text }) => text).filter((text) => text.isWellFormed() && !/[\r\n]/.test(text))
  assert.isAbove(names.length, 50)
  for (const [index, name] of names.entries()) {
    const time = times[index % 2] ?? 0
    const method = index % 3 === 0 ? "PUT" : "GET"
    const expiresIn = 1 + index * 1000
    const [expected] = await vendor
      .bucket("bucket.name")
      .file(name)
      .getSignedUrl({
        version: "v4",
        action: method === "PUT" ? "write" : "read",
        accessibleAt: Math.floor(time / 1000) * 1000,
        expires: Math.floor(time / 1000) * 1000 + expiresIn * 1000
      })
    const path = signedPath(
      { email, privateKey: Redacted.make(privateKey) },
      {
        method,
        host: "storage.googleapis.com",
        path: publicPath("bucket.name", name),
        expiresIn,
        time,
        userProject: undefined
      }
    )
    const url = `https://storage.googleapis.com${path}`
    // The vendor writes the address of another object where a name has dot segments; the signature is that of the right.
    const written = URL.parse(url)?.href === url ? url : url.replace(/\?.*/, "")
    assert.strictEqual(expected.split("&").at(-1), url.split("&").at(-1))
    if (written === url) assert.strictEqual(url, expected)
  }
})
