import { assert, describe, it } from "@effect/vitest"
import { encodingFlags, maskFromText, maskToNames } from "../../src/encoding/mask.ts"
import { anyMask } from "./arbitraryNames.ts"
import { sets } from "./vectors.ts"

describe("mask", () => {
  it("the flags are the 29 lowest bits, each once", () => {
    assert.deepStrictEqual(
      Object.values(encodingFlags).map(({ value }) => value),
      Array.from({ length: 29 }, (_, bit) => 2 ** bit)
    )
  })

  it.each(sets)("$label: names and number say the same", ({ flags, mask }) => {
    assert.strictEqual(maskFromText(flags), mask)
    assert.strictEqual(maskFromText(String(mask)), mask)
    assert.strictEqual(maskToNames(mask).join(","), flags)
  })

  it.prop("names come back", { mask: anyMask }, ({ mask }) => {
    assert.strictEqual(maskFromText(maskToNames(mask).join(",")), mask)
  })

  it.each([
    ["0x3000002", 50331650],
    ["0X10", 16],
    [" Slash , 0x10000", 0x10002],
    ["None", 0],
    ["536870911", 0x1fffffff]
  ])("%s", (text, mask) => {
    assert.strictEqual(maskFromText(text), mask)
  })

  it.each(["", "Slash,", "slash", "Slashes", "-1", "1.5", "1e3", "017", "0x", "536870912", "constructor", "NaN"])(
    "%s is no mask",
    (text) => {
      assert.isUndefined(maskFromText(text))
    }
  )
})
