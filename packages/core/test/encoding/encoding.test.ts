import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { decodeName } from "../../src/encoding/decodeName.ts"
import { encodeName } from "../../src/encoding/encodeName.ts"
import { flags, maskFromText, maskToNames } from "../../src/encoding/mask.ts"
import { NameCodec } from "../../src/encoding/NameCodec.ts"
import { nameFromSegment, segmentFromName } from "../../src/encoding/segment.ts"
import { bytesFromText, textFromBytes } from "../../src/encoding/surrogateEscape.ts"

interface Vectors {
  readonly names: ReadonlyArray<string>
  readonly masks: Readonly<
    Record<string, { readonly missing: ReadonlyArray<number>; readonly encoded: Readonly<Record<string, string>> }>
  >
}

const vectors = JSON.parse(readFileSync(new URL("vectors/names.json", import.meta.url), "utf8")) as Vectors
const hexOf = (text: string) => Buffer.from(bytesFromText(text)).toString("hex")
const textOf = (hex: string) => textFromBytes(Buffer.from(hex, "hex"))

const ByteString = Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 255 })))
/** Characters that rules speak of, so that random names meet them. */
const loaded = [..." .~\t\n\v\r\0\x7f/<>\"'`$:?*|#%\\[];!\u201b\uff0e\u2420\uff0f\u2400\u2409\uff5eaé😀8F"]
const LoadedName = Schema.Array(Schema.Literals(loaded))
const Mask = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0x1fffffff }))

describe("names as rclone stores them", () => {
  it("are those of all its vectors, and are read back", () => {
    let count = 0
    for (const [text, { missing, encoded }] of Object.entries(vectors.masks)) {
      const mask = Number(text)
      vectors.names.forEach((hex, index) => {
        if (missing.includes(index)) return
        const name = textOf(hex)
        const stored = encodeName(name, mask)
        assert.strictEqual(hexOf(stored), encoded[index] ?? hex, `mask ${mask}, name ${hex}`)
        assert.strictEqual(hexOf(decodeName(stored, mask)), hex, `back from mask ${mask}, name ${hex}`)
        count += 1
      })
    }
    // Two providers share a mask, so 370 of the 11,840 vectors are there once.
    assert.strictEqual(count, 11_470)
  })

  it.prop("are read back whatever the mask", [LoadedName, Mask], ([characters, mask]) => {
    const name = characters.join("")
    assert.strictEqual(decodeName(encodeName(name, mask), mask), name)
  })
})

describe("NameCodec", () => {
  it.prop("reads back every segment, or calls the key unaddressable", [LoadedName, Mask], ([characters, mask]) => {
    const stored = characters.join("").replaceAll("/", "")
    const codec = NameCodec.make(mask)
    const segment = codec.decode(stored)
    if (segment !== undefined) assert.strictEqual(codec.encode(segment), stored)
    const round = codec.decode(codec.encode(segmentFromName(stored)))
    assert.strictEqual(round, segmentFromName(stored))
  })

  it("keeps the full-width slash in both directions", () => {
    const codec = NameCodec.make(50331650)
    assert.strictEqual(codec.encode("a\uff0fb"), "a\uff0fb")
    assert.strictEqual(codec.decode("a\uff0fb"), "a\uff0fb")
  })

  it("shows a key that no segment is stored under as unaddressable", () => {
    const codec = NameCodec.make(50331650)
    assert.isUndefined(codec.decode("\u201b41"))
    assert.isUndefined(codec.decode("."))
  })
})

describe("segments", () => {
  it.prop("are lossless over bytes", [ByteString], ([bytes]) => {
    const name = textFromBytes(Uint8Array.from(bytes))
    assert.deepStrictEqual([...bytesFromText(name)], bytes)
    const segment = segmentFromName(name)
    assert.isTrue(segment.isWellFormed())
    assert.strictEqual(nameFromSegment(segment), name)
  })

  it.each([
    ["61ff62", "a\u201bFFb"],
    ["e2809b", "\u201b\u201b"],
    ["eda080", "\u201bED\u201bA0\u201b80"],
    ["c3a9", "é"],
    ["f09f9880", "😀"],
    ["efbbbf61", "\ufeffa"]
  ])("bytes %s are %s", (hex, segment) => {
    assert.strictEqual(segmentFromName(textOf(hex)), segment)
    assert.strictEqual(hexOf(nameFromSegment(segment)), hex)
  })
})

describe("mask", () => {
  it("is a number, names, or both", () => {
    assert.strictEqual(maskFromText("Slash,InvalidUtf8,Dot"), 50331650)
    assert.strictEqual(maskFromText("50331650"), 50331650)
    assert.strictEqual(maskFromText("0x3000002"), 50331650)
    assert.strictEqual(maskFromText("None"), 0)
    for (const text of ["", "slash", "Slash,", "-1", "1e3", "toString", "99999999999"]) {
      assert.isUndefined(maskFromText(text))
    }
    assert.deepStrictEqual(maskToNames(50331650), ["Slash", "InvalidUtf8", "Dot"])
    assert.strictEqual(Object.keys(flags).length, 29)
  })
})
