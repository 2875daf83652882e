import { assert, describe, it } from "@effect/vitest"
import { decodeName } from "../../src/encoding/decodeName.ts"
import { encodeName } from "../../src/encoding/encodeName.ts"
import { encodingFlags } from "../../src/encoding/mask.ts"
import { bytesFromText, textFromBytes } from "../../src/encoding/surrogateEscape.ts"
import { anyByteName, anyMask, anyName } from "./arbitraryNames.ts"
import { names, sets } from "./vectors.ts"

const fromHex = (hex: string) => textFromBytes(Buffer.from(hex, "hex"))
const toHex = (text: string) => Buffer.from(bytesFromText(text)).toString("hex")

const { Dot, LeftPeriod, RightPeriod } = encodingFlags

const periods = LeftPeriod.value | RightPeriod.value

/**
 * The two names for which rclone's encoder is not one-to-one: they are stored as `..` is. Where both periods are
 * replaced, the one that is full-width already is quoted, which tells them apart.
 */
const isAmbiguous = (name: string, mask: number): boolean =>
  (mask & Dot.value) !== 0 &&
  ((name === ".．" && (mask & periods) === LeftPeriod.value) ||
    (name === "．." && (mask & periods) === RightPeriod.value))

const roundTrip = ({ name, mask }: { readonly name: string; readonly mask: number }): void => {
  const stored = encodeName(name, mask)
  assert.strictEqual(decodeName(stored, mask), isAmbiguous(name, mask) ? ".." : name)
  assert.strictEqual(textFromBytes(bytesFromText(stored)), stored)
}

describe("encodeName and decodeName", () => {
  it("there are 11,840 vectors", () => {
    assert.strictEqual(names.length * sets.length, 11_840)
  })

  it.each(sets)("$label stores what rclone stores, and reads it back", ({ encoded, mask }) => {
    for (const hex of names) {
      const stored = encodeName(fromHex(hex), mask)
      assert.strictEqual(toHex(stored), encoded[hex] ?? hex)
      assert.strictEqual(toHex(decodeName(stored, mask)), hex)
    }
  })

  it.prop("names of special characters come back", { name: anyName, mask: anyMask }, roundTrip, {
    arbitrary: { runs: 20_000 }
  })
  it.prop("names of any bytes come back", { name: anyByteName, mask: anyMask }, roundTrip, {
    arbitrary: { runs: 5000 }
  })

  it.each(Object.entries(encodingFlags))("%s alone gives every short name back", (_, { value }) => {
    const pieces = [..."‛.． ␠~～\n␊a\0␀\udcff"]
    const pairs = pieces.flatMap((first) => pieces.map((second) => first + second))
    for (const name of [...pieces, ...pairs, ...pairs.flatMap((pair) => pieces.map((third) => pair + third))]) {
      roundTrip({ name, mask: value })
    }
  })

  it.each([0, LeftPeriod.value, RightPeriod.value, periods].flatMap((mask) => [mask, mask | Dot.value]))(
    "%d gives every short name of dots back",
    (mask) => {
      const pieces = ["", ".", "．", "‛", "a"]
      const pairs = pieces.flatMap((first) => pieces.map((second) => first + second))
      for (const name of pairs.flatMap((pair) => pairs.map((other) => pair + other))) {
        if (name !== "") roundTrip({ name, mask })
      }
    }
  )

  it("the names that rclone confuses are stored as it stores them", () => {
    assert.strictEqual(encodeName("．.", Dot.value | RightPeriod.value), "．．")
    assert.strictEqual(encodeName(".．", Dot.value | LeftPeriod.value), "．．")
  })
})

describe("decodeName", () => {
  /** What rclone's decoder makes of text that its encoder does not write. */
  it.each([
    ["‛41", encodingFlags.InvalidUtf8.value, "A"],
    ["‛ff", encodingFlags.InvalidUtf8.value, "\udcff"],
    ["‛C3‛A9", encodingFlags.InvalidUtf8.value, "é"],
    ["‛41", 0, "‛41"],
    ["‛", 0, "‛"],
    ["‛a‛", 0, "‛a‛"],
    ["‛＊", 0, "‛＊"],
    ["‛＊", encodingFlags.Asterisk.value, "＊"]
  ])("%s under %d", (stored, mask, name) => {
    assert.strictEqual(decodeName(stored, mask), name)
  })
})
