import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { blockId, newUploadId, parseBlockId } from "../src/blockIds.ts"
import { containerOf } from "../src/keys.ts"
import { meantNames, storedNames } from "../src/metadataNames.ts"
import { formatModified, parseModified } from "../src/times.ts"

describe("names of metadata", () => {
  it("that Azure takes are kept, others as AzCopy keeps them, and both are read back", () => {
    const metadata = { colour: "blue", "with-dash": "x", "1st": "y", _a: "z" }
    const stored = {
      colour: "blue",
      rename_with_dash: "x",
      rename_key_with_dash: "with-dash",
      rename_1st: "y",
      rename_key_1st: "1st",
      _a: "z"
    }
    assert.deepStrictEqual(storedNames(metadata), stored)
    assert.deepStrictEqual(meantNames(stored), metadata)
  })
  it("that would become one are refused", () => {
    assert.isUndefined(storedNames({ "a-b": "1", "a.b": "2" }))
    assert.isUndefined(storedNames({ "a-b": "1", rename_a_b: "2" }))
  })
  it("that only look renamed are taken as they are", () => {
    assert.deepStrictEqual(meantNames({ rename_a: "1", rename_key_b: "b-" }), { rename_a: "1", rename_key_b: "b-" })
  })
})

describe("modification times", () => {
  it("are written as rclone writes them, and read back", () => {
    for (const [text, time] of [
      ["2006-01-02T15:04:05.000000000Z", 1_136_214_245_000],
      ["2023-11-14T22:13:20.123456000Z", 1_700_000_000_123.456],
      ["1969-12-31T23:59:59.999000000Z", -1],
      ["0000-01-01T00:00:00.000000000Z", -62_167_219_200_000]
    ] as const) {
      assert.strictEqual(formatModified(time), text)
      assert.approximately(parseModified(text) ?? Number.NaN, time, 0.0005)
    }
  })
  it("are read in other forms of RFC 3339, and in no other", () => {
    assert.strictEqual(parseModified("2006-01-02T15:04:05+01:00"), 1_136_210_645_000)
    for (const text of [undefined, "", "1136214245", "2006-01-02", "2006-13-02T15:04:05Z"]) {
      assert.isUndefined(parseModified(text))
    }
  })
})

describe("ids of blocks", () => {
  it.effect("are as long as rclone's and say what they are of", () =>
    Effect.gen(function* () {
      const upload = yield* newUploadId
      for (const number of [0, 1, 50_000]) {
        assert.strictEqual(blockId(upload, number).length, 24)
        assert.deepStrictEqual(parseBlockId(blockId(upload, number)), { uploadId: upload, number })
      }
      assert.isUndefined(parseBlockId("AAAA"))
      assert.isUndefined(parseBlockId(Buffer.alloc(16, 0xff).toString("base64")))
    })
  )
})

describe("names of containers", () => {
  it.effect("are those of Azure", () =>
    Effect.gen(function* () {
      for (const name of ["abc", "a-b-c", "0".repeat(63), "$root", "$web"]) {
        assert.strictEqual(yield* containerOf({ container: undefined }, [name]), name)
      }
      for (const name of [
        "ab",
        "-abc",
        "abc-",
        "a--b",
        "Abc",
        "a_b",
        "a.b",
        "..",
        "",
        "0".repeat(64),
        "$else",
        "abc\n"
      ]) {
        assert.strictEqual(
          (yield* Effect.flip(containerOf({ container: undefined }, [name]))).reason._tag,
          "invalid_name"
        )
      }
    })
  )
})
