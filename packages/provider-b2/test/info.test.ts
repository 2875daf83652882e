import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { factsOfHeaders, factsOfVersion, objectInfoOf, storedInfo, storedType, withChecksums } from "../src/info.ts"

const sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
const md5 = "d41d8cd98f00b204e9800998ecf8427e"

describe("what an object is", () => {
  it("headers and a listing say the same", () => {
    const headers = factsOfHeaders({
      "x-bz-file-id": "id",
      "content-length": "4",
      "content-type": "text/css",
      "x-bz-content-sha1": sha1,
      "x-bz-upload-timestamp": "1700000000000",
      "x-bz-info-src_last_modified_millis": "1600000000123",
      "x-bz-info-colour": "blue%20+%2B"
    })
    const listed = factsOfVersion({
      fileName: "a",
      fileId: "id",
      contentLength: 4,
      contentType: "text/css",
      contentSha1: sha1,
      uploadTimestamp: 1_700_000_000_000,
      fileInfo: { src_last_modified_millis: "1600000000123", Colour: "blue  +" }
    })
    assert.deepStrictEqual(headers, listed)
    assert.deepStrictEqual(objectInfoOf(["b", "a"], headers), {
      kind: "object",
      path: ["b", "a"],
      metadata: { colour: "blue  +" },
      size: 4,
      modified: 1_600_000_000_123,
      validator: "id",
      contentType: "text/css",
      checksums: { sha1 }
    })
  })

  it("the SHA-1 may be unverified, or be the one that a file in parts was given", () => {
    const of = (contentSha1: string, fileInfo = {}) => factsOfVersion({ fileName: "a", contentSha1, fileInfo }).sha1
    assert.strictEqual(of(`unverified:${sha1}`), sha1)
    assert.strictEqual(of("none"), undefined)
    assert.strictEqual(of("none", { large_file_sha1: sha1.toUpperCase() }), sha1)
    assert.strictEqual(of("none", { large_file_sha1: "no sha1" }), undefined)
  })

  it("a time that is no number is when it was uploaded, and the size of a range is that of the whole", () => {
    const facts = factsOfHeaders({
      "x-bz-info-src_last_modified_millis": "yesterday",
      "x-bz-upload-timestamp": "7",
      "content-length": "2",
      "content-range": "bytes 0-1/10"
    })
    assert.deepStrictEqual([objectInfoOf([], facts).modified, facts.size], [7, 10])
  })
})

describe("what is stored with an object", () => {
  it.effect("names are in lower case and the time is whole milliseconds", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* storedInfo({ modified: 1.9, metadata: { Colour: "Grüße ☂" } }), {
        colour: "Grüße ☂",
        src_last_modified_millis: "1"
      })
    })
  )

  const ten = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`name${index}`, ""]))
  for (const [title, options] of [
    ["a name that is a header's end", { metadata: { "a:b": "" } }],
    ["a name of ours", { metadata: { SRC_last_modified_millis: "1" } }],
    ["a name of B2's", { metadata: { "b2-content-encoding": "gzip" } }],
    ["a lone surrogate", { metadata: { a: "\ud800" } }],
    ["more than ten entries", { metadata: ten, modified: 1 }]
  ] as const) {
    it.effect(`${title} is refused`, () =>
      Effect.gen(function* () {
        assert.strictEqual((yield* Effect.flip(storedInfo(options))).reason._tag, "invalid_value")
      })
    )
  }

  it.effect("a type that a header cannot hold is refused, and none is B2's to choose", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* Effect.flip(storedType({ contentType: "a\nb" }))).reason._tag, "invalid_value")
      assert.strictEqual(yield* storedType({}), "b2/x-auto")
    })
  )

  it("checksums are left out where there is no place for them", () => {
    assert.deepStrictEqual(withChecksums({ a: "b" }, { sha1, md5 }), {
      a: "b",
      large_file_sha1: sha1,
      large_file_md5: md5
    })
    assert.deepStrictEqual(withChecksums(ten, { sha1 }), ten)
    assert.deepStrictEqual(withChecksums({}, {}), {})
  })
})
