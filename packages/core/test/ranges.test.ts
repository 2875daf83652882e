import { assert, describe, it } from "@effect/vitest"
import type { Range } from "../src/ObjectStore.ts"
import { boundsOf, isRange } from "../src/ranges.ts"

describe("isRange", () => {
  it.each<Range>([{ start: 0 }, { start: 3, end: 3 }, { suffix: 0 }, { suffix: 7 }])("takes %o", (range) => {
    assert.isTrue(isRange(range))
  })

  it.each<Range>([
    { start: -1 },
    { start: 0.5 },
    { start: Number.NaN },
    { start: 2 ** 53 },
    { start: 5, end: 4 },
    { start: 0, end: 0.5 },
    { start: 0, end: Infinity },
    { suffix: -1 },
    { suffix: 1.5 }
  ])("refuses %o", (range) => {
    assert.isFalse(isRange(range))
  })
})

describe("boundsOf", () => {
  it.each<readonly [Range, size: number, bounds: readonly [number, number] | undefined]>([
    [{ start: 2, end: 5 }, 10, [2, 6]],
    [{ start: 9, end: 9 }, 10, [9, 10]],
    [{ start: 8, end: 99 }, 10, [8, 10]],
    [{ start: 7 }, 10, [7, 10]],
    [{ start: 10 }, 10, undefined],
    [{ suffix: 3 }, 10, [7, 10]],
    [{ suffix: 99 }, 10, [0, 10]],
    [{ suffix: 0 }, 10, [10, 10]],
    [{ start: 0, end: 5 }, 0, [0, 0]],
    [{ start: 1 }, 0, undefined],
    [{ suffix: 5 }, 0, [0, 0]]
  ])("of %o in %d bytes is %o", (range, size, bounds) => {
    assert.deepStrictEqual(boundsOf(range, size), bounds)
  })
})
