import { assert, describe, it } from "@effect/vitest"
import { encodingFlags } from "@mooring/core/encoding/mask"
import { textFromBytes } from "@mooring/core/encoding/surrogateEscape"
import * as Effect from "effect/Effect"
import { bucketOf, prefixOf, segmentsOf, targetOf, zoneOf } from "../src/keys.ts"
import { settingsFor } from "./openDouble.ts"
import { reasonOf } from "./reasonOf.ts"

const settings = settingsFor("http://localhost")

describe("targetOf", () => {
  const keys: ReadonlyArray<readonly [ReadonlyArray<string>, string]> = [
    [["b", "a", "", "b"], "a//b"],
    [["b", "a", ""], "a/"],
    [["b", "", "a"], "/a"],
    [["b", "", ""], "/"],
    [["b", "a", "..", "b"], "a/\uff0e\uff0e/b"],
    [["b", " x ", "+%2F\n"], " x /+%2F\n"]
  ]
  for (const [path, key] of keys) {
    it.effect(`${JSON.stringify(path)} is the key ${JSON.stringify(key)} and back`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* targetOf(settings, path), { bucket: "b", key })
        assert.deepStrictEqual(segmentsOf(settings, key), path.slice(1))
      })
    )
  }

  it.effect("refuses what no key is", () =>
    Effect.gen(function* () {
      for (const path of [
        ["b", ""],
        ["b", "a/b"],
        ["b", "\ud800"],
        ["b", "x".repeat(1025)],
        ["b", "\u00e9".repeat(513)]
      ]) {
        assert.strictEqual((yield* reasonOf(targetOf(settings, path)))._tag, "invalid_name", JSON.stringify(path))
      }
      for (const path of [[], ["b"]])
        assert.strictEqual((yield* reasonOf(targetOf(settings, path)))._tag, "is_a_directory")
      assert.strictEqual((yield* targetOf(settings, ["b", "x".repeat(1024)])).key.length, 1024)
    })
  )

  it.effect("refuses buckets that would lead elsewhere", () =>
    Effect.gen(function* () {
      for (const bucket of ["", ".", "..", "a/b", "a@b", "a?b", "a#b", "a b", "a\\b", "a%2fb", "a\n"]) {
        assert.strictEqual((yield* reasonOf(bucketOf([bucket])))._tag, "invalid_name", JSON.stringify(bucket))
      }
    })
  )
})

describe("prefixOf", () => {
  it.effect("ends in a slash below the bucket, so that `a` does not list `ab`", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* prefixOf(settings, ["b"])).prefix, "")
      assert.strictEqual((yield* prefixOf(settings, ["b", "a"])).prefix, "a/")
      assert.strictEqual((yield* prefixOf(settings, ["b", ""])).prefix, "/")
    })
  )
})

describe("segmentsOf", () => {
  it("is undefined for a key whose path would be another key", () => {
    assert.isUndefined(segmentsOf(settings, "a/../b"))
    assert.isUndefined(segmentsOf(settings, "."))
  })

  it("carries bytes that are no UTF-8 through a mask that does not replace them", () => {
    const raw = settingsFor("http://localhost", { encoding: settings.encoding & ~encodingFlags.InvalidUtf8.value })
    const stored = textFromBytes(Uint8Array.of(0x61, 0xff))
    const segments = segmentsOf(raw, stored)
    assert.deepStrictEqual(segments, ["a\u201bFF"])
    assert.strictEqual(Effect.runSync(targetOf(raw, ["b", ...(segments ?? [])])).key, stored)
  })
})

describe("zoneOf", () => {
  it("is in the name of a directory bucket and of no other", () => {
    const zones = ["b--usw2-az1--x-s3", "a--b--use1-dfw2-az1--x-s3", "b--usw2-az1--x-s3.b", "plain", "b--x-s3"].map(
      zoneOf
    )
    assert.deepStrictEqual(zones, ["usw2-az1", "use1-dfw2-az1", undefined, undefined, undefined])
  })
})
