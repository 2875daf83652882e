import { assert, describe, it } from "@effect/vitest"
import { partSizeOf } from "../src/pieces.ts"

const mebibyte = 1024 * 1024

describe("partSizeOf", () => {
  it("keeps the chunk size until there would be too many parts, then grows by whole MiB", () => {
    const chunk = 5 * mebibyte
    assert.strictEqual(partSizeOf(chunk, undefined, 10_000), chunk)
    assert.strictEqual(partSizeOf(chunk, 10_000 * chunk, 10_000), chunk)
    assert.strictEqual(partSizeOf(chunk, 10_000 * chunk + 1, 10_000), 6 * mebibyte)
    assert.strictEqual(partSizeOf(chunk, 5 * 1024 ** 4, 10_000), 525 * mebibyte)
    assert.strictEqual(partSizeOf(chunk, 5 * 1024 ** 4, 1000), 5243 * mebibyte)
  })
})
