import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { escapeName, unescapeName } from "../src/api/names.ts"
import { segmentsOf, targetOf } from "../src/keys.ts"
import { settings } from "./fakeService.ts"

const raw = { ...settings, encoding: 0 }

describe("names of files", () => {
  for (const [segments, key] of [
    [["a", "b"], "a/b"],
    [["tab\t", "."], "tab␉/．"],
    [["back\\slash"], "back＼slash"],
    [["é".repeat(125)], "é".repeat(125)]
  ] as const) {
    it.effect(`${JSON.stringify(segments)} is ${key.slice(0, 20)}, and the other way`, () =>
      Effect.gen(function* () {
        const target = yield* targetOf(settings, ["bucket", ...segments])
        assert.deepStrictEqual(target, { bucket: "bucket", key })
        assert.deepStrictEqual(segmentsOf(settings, key), segments)
      })
    )
  }

  for (const segments of [[""], ["a", "", "b"], ["a", ""], ["s".repeat(251)], ["a/b"], ["\ud800"]]) {
    it.effect(`${JSON.stringify(segments).slice(0, 30)} is refused`, () =>
      Effect.gen(function* () {
        const { reason } = yield* Effect.flip(targetOf(settings, ["bucket", ...segments]))
        assert.strictEqual(reason._tag, "invalid_name")
      })
    )
  }

  it.effect("without a mask what B2 does not take is refused", () =>
    Effect.gen(function* () {
      for (const segment of ["tab\t", "back\\slash", "delete\x7f"]) {
        const { reason } = yield* Effect.flip(targetOf(raw, ["bucket", segment]))
        assert.strictEqual(reason._tag, "invalid_name")
      }
    })
  )

  it("names that no path reaches are none", () => {
    for (const key of ["a//b", "/a", "a/", ".", "tab\t"]) assert.isUndefined(segmentsOf(settings, key), key)
  })

  it.effect("a bucket is letters, digits and dashes", () =>
    Effect.gen(function* () {
      for (const bucket of ["..", "a/b", "a.b", "é", ""]) {
        const { reason } = yield* Effect.flip(targetOf(settings, [bucket, "a"]))
        assert.strictEqual(reason._tag, "invalid_name")
      }
    })
  )
})

describe("escapes", () => {
  // https://www.backblaze.com/docs/cloud-storage-native-api-string-encoding
  for (const [text, escaped] of [
    [" ", "%20"],
    ["+", "%2B"],
    ["/", "/"],
    ["%", "%25"],
    ["é", "%C3%A9"],
    ["😀", "%F0%9F%98%80"],
    ["~_-.", "~_-."]
  ] as const) {
    it(`${text} is ${escaped}`, () => {
      assert.strictEqual(escapeName(text), escaped)
      assert.strictEqual(unescapeName(escaped), text)
    })
  }

  it("a plus of the service is a blank, and what is not escaped is taken as it is", () => {
    assert.strictEqual(unescapeName("a+b"), "a b")
    assert.strictEqual(unescapeName("100%"), "100%")
  })
})
