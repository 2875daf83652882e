import { assert, describe, it } from "@effect/vitest"
import { encodingFlags, maskFromText } from "../../src/encoding/mask.ts"
import { NameCodec } from "../../src/encoding/NameCodec.ts"
import { segmentFromName } from "../../src/encoding/segment.ts"
import { anyByteName, anyMask, anyName, withoutSlashes } from "./arbitraryNames.ts"

const s3 = NameCodec.make(maskFromText("Slash,InvalidUtf8,Dot")!)

describe("NameCodec", () => {
  it.each([
    ["plain", "plain"],
    ["..", "．．"],
    ["a‛‛b", "a‛‛b"],
    ["‛FF", "‛FF"],
    ["a／b", "a／b"],
    ["nul\0", "nul␀"]
  ])("%s is stored as %s", (segment, stored) => {
    assert.strictEqual(s3.encode(segment), stored)
    assert.strictEqual(s3.decode(stored), segment)
  })

  /** Each decodes to a name that is stored otherwise. */
  it.each(["..", ".", "\0", "‛", "‛41", "‛2F", "‛C3‛A9", "‛ff", "\udcff", "‛／", "\ud800"])(
    "the stored name %j is reached by no path",
    (stored) => {
      assert.isUndefined(s3.decode(stored))
    }
  )

  it.prop(
    "a stored name is given back exactly or not at all, and no segment holds a new slash",
    { stored: anyName, bytes: anyByteName, mask: anyMask },
    ({ stored, bytes, mask }) => {
      const codec = NameCodec.make(mask)
      for (const key of [stored, bytes].map(withoutSlashes)) {
        const segment = codec.decode(key)
        if (segment === undefined) continue
        assert.strictEqual(codec.encode(segment), key)
        assert.isTrue(segment.isWellFormed())
        assert.notInclude(segment, "/")
      }
    },
    { arbitrary: { runs: 10_000 } }
  )

  it.prop(
    "what is written can be listed",
    { name: anyName, mask: anyMask },
    ({ name, mask }) => {
      const codec = NameCodec.make(mask & ~encodingFlags.Dot.value)
      const segment = segmentFromName(withoutSlashes(name))
      assert.strictEqual(codec.decode(codec.encode(segment)), segment)
    },
    { arbitrary: { runs: 5000 } }
  )

  it("a mask without InvalidUtf8 stores bytes as they are", () => {
    const codec = NameCodec.make(0)
    assert.strictEqual(codec.encode("a‛FF"), "a\udcff")
    assert.strictEqual(codec.decode("a\udcff"), "a‛FF")
  })

  it("Raw leaves names alone, and only where it is the whole mask", () => {
    assert.strictEqual(NameCodec.make(encodingFlags.Raw.value).encode("\0"), "\0")
    assert.strictEqual(NameCodec.make(encodingFlags.Raw.value | encodingFlags.Slash.value).encode("\0"), "␀")
  })
})
