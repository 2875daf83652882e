import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { isLarge, keptHeaders, md5Of, objectInfoOf, storedHeaders } from "../src/headers.ts"
import { timeOf } from "../src/wire.ts"

const md5 = "d41d8cd98f00b204e9800998ecf8427e"

describe("objectInfoOf", () => {
  it("has the stored time, else that of the upload", () => {
    const headers = {
      "content-length": "5",
      etag: md5,
      "x-timestamp": "1700000000.12345",
      "content-type": "text/plain"
    }
    const info = objectInfoOf(["c", "a"], { ...headers, "x-object-meta-colour": "blue" })
    assert.deepStrictEqual(info, {
      kind: "object",
      path: ["c", "a"],
      size: 5,
      modified: 1_700_000_000_123.45,
      validator: md5,
      contentType: "text/plain",
      checksums: { md5 },
      metadata: { colour: "blue" }
    })
    const stored = objectInfoOf(["c", "a"], { ...headers, "x-object-meta-mtime": "1600000000.5" })
    assert.deepStrictEqual([stored.modified, stored.metadata], [1_600_000_000_500, {}])
    const dated = objectInfoOf(["c", "a"], { "last-modified": "Thu, 01 Jan 1970 00:00:01 GMT" })
    assert.strictEqual(dated.modified, 1000)
  })

  it("has the size of the whole where a range came", () => {
    const { size } = objectInfoOf(["c", "a"], { "content-length": "2", "content-range": "bytes 1-2/10" })
    assert.strictEqual(size, 10)
  })
})

describe("md5Of", () => {
  it("is no ETag of a large object", () => {
    const quoted = { etag: `"${md5}"` }
    assert.isTrue(isLarge({ "x-static-large-object": "True" }))
    assert.isUndefined(md5Of({ ...quoted, "x-static-large-object": "True" }))
    assert.isUndefined(md5Of({ ...quoted, "x-object-manifest": "c/p" }))
    const known = { "x-object-meta-md5chksum": Buffer.from(md5, "hex").toString("base64") }
    assert.strictEqual(md5Of({ ...quoted, ...known, "x-static-large-object": "True" }), md5)
    assert.isUndefined(md5Of({ etag: "x" }))
  })
})

describe("storedHeaders", () => {
  it.effect("refuses what a server would change or a header cannot hold", () =>
    Effect.gen(function* () {
      const written = yield* storedHeaders({ metadata: { Colour: "a b" }, modified: 1500, contentType: "text/css" })
      assert.deepStrictEqual(written, {
        "content-type": "text/css",
        "x-object-meta-colour": "a b",
        "x-object-meta-mtime": "1.5"
      })
      const refused = [
        { a_b: "x" },
        { "a b": "x" },
        { a: "" },
        { a: " x" },
        { a: "é" },
        { a: "x\r\ny" },
        { mtime: "1" }
      ]
      for (const metadata of refused) {
        const { reason } = yield* Effect.flip(storedHeaders({ metadata: metadata as Record<string, string> }))
        assert.strictEqual(reason._tag, "invalid_value", JSON.stringify(metadata))
      }
      assert.strictEqual((yield* Effect.flip(storedHeaders({ contentType: "a\nb" }))).reason._tag, "invalid_value")
    })
  )
})

describe("keptHeaders", () => {
  it("are those that POST would take away", () => {
    const kept = { "x-object-meta-a": "1", "content-encoding": "gzip", "x-delete-at": "9", "x-object-manifest": "c/p" }
    assert.deepStrictEqual(keptHeaders({ ...kept, etag: md5, "x-trans-id": "t", "content-length": "1" }), kept)
  })
})

describe("timeOf", () => {
  it("takes times of listings for UTC", () => {
    assert.strictEqual(timeOf("1970-01-01T00:00:01.500000"), 1500)
    assert.strictEqual(timeOf("1970-01-01T01:00:01+01:00"), 1000)
    for (const text of [undefined, null, "", "soon"]) assert.isUndefined(timeOf(text))
  })
})
