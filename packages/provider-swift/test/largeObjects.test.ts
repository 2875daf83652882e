import { assert, describe, it } from "@effect/vitest"
import { segmentSizeOf } from "../src/largeObjects.ts"

const mebibyte = 1024 * 1024

describe("segmentSizeOf", () => {
  it("is the chunk size while that gives few enough segments", () => {
    assert.strictEqual(segmentSizeOf(5, 50, 10), 5)
    assert.strictEqual(segmentSizeOf(5, undefined, 10), 5)
    assert.strictEqual(segmentSizeOf(5, 10 ** 12, Infinity), 5)
  })

  it("grows to whole MiB, and never gives more segments than there may be", () => {
    assert.strictEqual(segmentSizeOf(mebibyte, 2001 * mebibyte, 1000), 3 * mebibyte)
    for (const size of [1001, 1999, 2000, 2001, 123_457].map((count) => count * mebibyte + 1)) {
      const segment = segmentSizeOf(mebibyte, size, 1000)
      assert.isAtMost(Math.ceil(size / segment), 1000)
      assert.strictEqual(segment % mebibyte, 0)
    }
  })
})
