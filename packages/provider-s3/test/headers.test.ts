import { contentRangeOf } from "@mooring/core/byteRange"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { keptHeaders, md5OfEtag, objectInfoOf, storedHeaders, validatorOf } from "../src/headers.ts"
import { settingsFor } from "./openDouble.ts"
import { reasonOf } from "./reasonOf.ts"

const md5 = "d41d8cd98f00b204e9800998ecf8427e"

describe("md5OfEtag", () => {
  it("is the ETag where it is an MD5", () => {
    assert.strictEqual(md5OfEtag({ etag: `"${md5.toUpperCase()}"` }), md5)
    assert.strictEqual(md5OfEtag({ etag: `"${md5}"`, "x-amz-server-side-encryption": "AES256" }), md5)
  })

  it("is undefined for parts, other forms and keys of KMS or the customer", () => {
    assert.isUndefined(md5OfEtag({ etag: `"${md5}-2"` }))
    assert.isUndefined(md5OfEtag({ etag: '"x"' }))
    assert.isUndefined(md5OfEtag({}))
    assert.isUndefined(md5OfEtag({ etag: `"${md5}"`, "x-amz-server-side-encryption": "aws:kms" }))
    assert.isUndefined(md5OfEtag({ etag: `"${md5}"`, "x-amz-server-side-encryption-customer-algorithm": "AES256" }))
  })
})

describe("keptHeaders", () => {
  it("has what a copy must send again, and nothing of the answer or the bytes", () => {
    const kept = {
      "cache-control": "no-cache",
      "content-disposition": "attachment",
      "content-encoding": "gzip",
      "content-language": "de",
      "content-type": "text/plain",
      expires: "Thu, 01 Jan 2026 00:00:00 GMT",
      "x-amz-meta-colour": "blue",
      "x-amz-meta-mtime": "1",
      "x-amz-server-side-encryption": "aws:kms",
      "x-amz-server-side-encryption-aws-kms-key-id": "key",
      "x-amz-storage-class": "GLACIER_IR",
      "x-amz-website-redirect-location": "/other"
    }
    const others = { etag: '"x"', "content-length": "1", date: "now", "x-amz-request-id": "1", "x-amz-version-id": "2" }
    assert.deepStrictEqual(keptHeaders({ ...kept, ...others }), kept)
  })
})

const plain = settingsFor("http://127.0.0.1")

describe("objectInfoOf", () => {
  it("reads rclone's metadata and hides it", () => {
    const headers = {
      etag: `"${md5}-2"`,
      "content-length": "7",
      "last-modified": "Mon, 23 Nov 2026 11:00:00 GMT",
      "x-amz-meta-mtime": "1354040105.5",
      "x-amz-meta-md5chksum": Buffer.from(md5, "hex").toString("base64"),
      "x-amz-meta-colour": "blue"
    }
    const info = objectInfoOf(["b", "k"], headers, plain)
    assert.deepStrictEqual(info, {
      kind: "object",
      path: ["b", "k"],
      size: 7,
      modified: 1_354_040_105_500,
      validator: `"${md5}-2"`,
      checksums: { md5 },
      metadata: { colour: "blue" }
    })
  })

  it("takes the size of the whole object from a range, and the upload time without a stored one", () => {
    const headers = {
      "content-length": "2",
      "content-range": "bytes 0-1/10",
      "last-modified": "Mon, 23 Nov 2026 11:00:00 GMT",
      "x-amz-meta-mtime": "not a time"
    }
    const info = objectInfoOf(["b", "k"], headers, plain)
    assert.strictEqual(info.size, 10)
    assert.strictEqual(info.modified, Date.UTC(2026, 10, 23, 11))
  })

  it("leaves out what a backend without system metadata does not read", () => {
    const headers = { "content-length": "2", "content-type": "text/plain", "x-amz-storage-class": "GLACIER" }
    const { contentType, tier } = objectInfoOf(["b", "k"], headers, plain)
    assert.deepStrictEqual([contentType, tier], ["text/plain", "GLACIER"])
    const without = objectInfoOf(["b", "k"], headers, { ...plain, systemMetadata: false })
    assert.deepStrictEqual(without, { kind: "object", path: ["b", "k"], size: 2, metadata: {} })
  })

  it("knows neither size nor MD5 of what is decompressed on the way", () => {
    const headers = { etag: `"${md5}"`, "content-length": "2", "content-encoding": "gzip" }
    assert.deepStrictEqual(objectInfoOf(["b", "k"], headers, plain).checksums, { md5 })
    const decompress = { ...plain, gzip: { ...plain.gzip, decompress: true } }
    const { size, checksums } = objectInfoOf(["b", "k"], headers, decompress)
    assert.deepStrictEqual([size, checksums], [undefined, undefined])
  })

  it("knows a range only in its exact form", () => {
    for (const text of ["bytes */10", "bytes 0-1/*", "0-1/10", "bytes 0-1/10 "]) {
      assert.isUndefined(contentRangeOf({ "content-range": text }), text)
    }
  })

  it("puts an ETag without quotes into quotes", () => {
    assert.deepStrictEqual(["x", '"x"', 'W/"x"', "", undefined].map(validatorOf), [
      '"x"',
      '"x"',
      'W/"x"',
      undefined,
      undefined
    ])
  })
})

describe("storedHeaders", () => {
  it.effect("refuses what a header would change or another header would be", () =>
    Effect.gen(function* () {
      const refused = [
        { contentType: "text/plain\r\nx-evil: 1" },
        { metadata: { name: "Gr\u00fc\u00dfe" } },
        { metadata: { name: " padded " } },
        { metadata: { "na me": "x" } },
        { metadata: { mtime: "1" } },
        { metadata: { Md5Chksum: "x" } },
        { metadata: { name: "line\nfeed" } }
      ]
      for (const options of refused) {
        assert.strictEqual(
          (yield* reasonOf(storedHeaders(options, plain)))._tag,
          "invalid_value",
          JSON.stringify(options)
        )
      }
    })
  )

  it.effect("writes names in lower case", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(
        yield* storedHeaders({ metadata: { Colour: "Blue" }, modified: 1500, contentType: "a/b" }, plain),
        {
          "content-type": "a/b",
          "x-amz-meta-colour": "Blue",
          "x-amz-meta-mtime": "1.5"
        }
      )
    })
  )
})
