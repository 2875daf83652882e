import { assert, describe, it } from "@effect/vitest"
import { formatModified, parseModified } from "../src/modifiedText.ts"

describe("modification times", () => {
  const forms: ReadonlyArray<readonly [number, string]> = [
    [1_354_040_105_123, "1354040105.123"],
    [1_354_040_105_100, "1354040105.1"],
    [1_354_040_105_000, "1354040105"],
    [1_354_040_105_123.456, "1354040105.123456"],
    [0, "0"],
    [-1500, "-1.5"]
  ]
  for (const [modified, text] of forms) {
    it(`${modified} is ${text} and back`, () => {
      assert.strictEqual(formatModified(modified), text)
      assert.strictEqual(parseModified(text), modified)
    })
  }

  it("reads the nanoseconds that rclone writes", () => {
    assert.strictEqual(parseModified("1354040105.123456789"), 1_354_040_105_123.4568)
  })

  it("takes nothing else for a time", () => {
    for (const text of [undefined, "", "x", "1e9", "2026-01-01T00:00:00Z", "1.", "99999999999999", "9999999999999"]) {
      assert.isUndefined(parseModified(text), String(text))
    }
  })
})
