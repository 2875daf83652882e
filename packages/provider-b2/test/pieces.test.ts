import { assert, it } from "@effect/vitest"
import { partSizeOf } from "../src/pieces.ts"

const mebibyte = 1024 * 1024

for (const [size, expected] of [
  [undefined, 5],
  [1, 5],
  [50_000, 5],
  [50_001, 6],
  [60_000, 6],
  [60_001, 7]
] as const) {
  it(`an object of ${size} MiB has parts of ${expected} MiB`, () => {
    const bytes = size === undefined ? undefined : size * mebibyte
    assert.strictEqual(partSizeOf(5 * mebibyte, bytes, 10_000), expected * mebibyte)
  })
}
