import { assert, describe, it } from "@effect/vitest"
import { fullLoad, lower, raise, type Load } from "../../src/call/load.ts"

const after = (load: Load, steps: string, most = 8) =>
  [...steps].reduce((now, step) => (step === "-" ? lower(now) : raise(now, most)), load)

describe("load", () => {
  it.each([
    ["", 8],
    ["-", 4],
    ["--", 2],
    ["---", 1],
    ["-----", 1],
    ["-" + "+".repeat(15), 4],
    ["-" + "+".repeat(16), 5],
    ["-" + "+".repeat(31), 5],
    ["-" + "+".repeat(32), 6],
    ["-" + "+".repeat(15) + "-", 2],
    ["-" + "+".repeat(15) + "-+", 2],
    ["+".repeat(99), 8]
  ])("after %j there are %i calls at once", (steps, limit) => {
    assert.strictEqual(after(fullLoad(8), steps).limit, limit)
  })

  it("waits for as many answers as there are calls at once", () => {
    const half = lower(fullLoad(64))
    assert.strictEqual(after(half, "+".repeat(31), 64).limit, 32)
    assert.strictEqual(after(half, "+".repeat(32), 64).limit, 33)
  })

  it("rounds halves down and never reaches none", () => {
    assert.deepStrictEqual(
      ["-", "--", "---"].map((steps) => after(fullLoad(5), steps).limit),
      [2, 1, 1]
    )
  })

  it("puts time between calls only where one at a time is too much, twice as much each time, up to 10 s", () => {
    const intervals = ["---", "----", "-----", "-".repeat(40)].map((steps) => after(fullLoad(8), steps).interval)
    assert.deepStrictEqual(intervals, [0, 100, 200, 10_000])
  })

  it("takes the time away again before there are more calls at once", () => {
    const spaced = after(fullLoad(8), "-----")
    assert.isBelow(after(spaced, "+").interval, spaced.interval)
    assert.strictEqual(after(spaced, "+").limit, 1)
    const recovered = after(spaced, "+".repeat(200))
    assert.deepStrictEqual([recovered.limit, recovered.interval], [8, 0])
  })
})
