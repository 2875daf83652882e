import { assert, describe, it } from "@effect/vitest"
import type { Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import { addressOf } from "../src/api/address.ts"
import { containerOf, newTargetOf, prefixOf, segmentsOf, targetOf } from "../src/keys.ts"

/** Slash and InvalidUtf8, the default. */
const settings = { encoding: 16_777_218 }

describe("targetOf", () => {
  it.effect("is the container and all that is behind it", () =>
    Effect.gen(function* () {
      const keys: ReadonlyArray<readonly [Path, string]> = [
        [["a"], "a"],
        [["a", "b"], "a/b"],
        [["a", "", "b"], "a//b"],
        [["a", ""], "a/"],
        [["", "a"], "/a"],
        [["a", "..", "."], "a/../."],
        [["nul\0"], "nul\u2400"],
        [["byte\u201bFF"], "byte\u201bFF"]
      ]
      for (const [path, key] of keys) {
        assert.deepStrictEqual(yield* targetOf(settings, ["c", ...path]), { container: "c", key })
        assert.deepStrictEqual(segmentsOf(settings, key), path)
      }
    })
  )

  it.effect("has names encoded by the mask", () =>
    Effect.gen(function* () {
      const question = { encoding: 0x100 }
      assert.strictEqual((yield* targetOf(question, ["c", "a?", "b"])).key, "a？/b")
      assert.deepStrictEqual(segmentsOf(question, "a？/b"), ["a?", "b"])
    })
  )

  it.effect("is none for what cannot be stored", () =>
    Effect.gen(function* () {
      const refused: ReadonlyArray<readonly [Path, string]> = [
        [[], "is_a_directory"],
        [["c"], "is_a_directory"],
        [["c", ""], "invalid_name"],
        [["c", "a/b"], "invalid_name"],
        [["c", "\ud800"], "invalid_name"],
        [["c", "é".repeat(513)], "invalid_name"],
        [["", "a"], "invalid_name"],
        [["..", "a"], "invalid_name"],
        [["c/d", "a"], "invalid_name"],
        [["c".repeat(257), "a"], "invalid_name"]
      ]
      for (const [path, code] of refused) {
        assert.strictEqual((yield* Effect.flip(targetOf(settings, path))).reason._tag, code, String(path).slice(0, 20))
      }
      assert.strictEqual((yield* targetOf(settings, ["c", "é".repeat(512)])).key.length, 512)
      assert.strictEqual((yield* containerOf(settings, ["c".repeat(256)])).length, 256)
    })
  )

  it.effect("is not among segments where something is stored", () =>
    Effect.gen(function* () {
      const path = ["c", ".file-segments", "a"]
      assert.strictEqual((yield* targetOf(settings, path)).key, ".file-segments/a")
      assert.strictEqual((yield* Effect.flip(newTargetOf(settings, path))).reason._tag, "invalid_name")
      assert.strictEqual((yield* newTargetOf(settings, ["c", ".file-segments2", "a"])).container, "c")
    })
  )
})

describe("prefixOf", () => {
  it.effect("ends in a slash, but for a container", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* prefixOf(settings, ["c"])).prefix, "")
      assert.strictEqual((yield* prefixOf(settings, ["c", "a", "b"])).prefix, "a/b/")
      assert.strictEqual((yield* prefixOf(settings, ["c", ""])).prefix, "/")
    })
  )
})

describe("addressOf", () => {
  const account = "https://host:8080/v1/AUTH_a"

  it("escapes all but letters, digits and slashes of names", () => {
    const { origin, path } = addressOf(account, { container: "a b", key: "é/%2F?#+&=~/../\udcff" })
    assert.strictEqual(origin, "https://host:8080")
    assert.strictEqual(path, "/v1/AUTH_a/a%20b/%C3%A9/%252F%3F%23%2B%26%3D~/../%FF")
  })

  it("leaves out what is undefined of a query", () => {
    const query = { format: "json", marker: undefined, "bulk-delete": "", prefix: "a/b c" }
    assert.strictEqual(addressOf(account, {}, query).path, "/v1/AUTH_a?format=json&bulk-delete&prefix=a%2Fb%20c")
  })
})
