import { assert, describe, it } from "@effect/vitest"
import { goesOn } from "../src/list.ts"

describe("goesOn", () => {
  const usual = { untilEmptyPage: false, partialPage: 0 }

  it("goes on behind a full page", () => {
    assert.isTrue(goesOn(usual, 1000, 1000))
    assert.isFalse(goesOn(usual, 999, 1000))
    assert.isFalse(goesOn(usual, 0, 1000))
  })

  it("goes on until an empty page where that is asked for", () => {
    assert.isTrue(goesOn({ ...usual, untilEmptyPage: true }, 1, 1000))
    assert.isFalse(goesOn({ ...usual, untilEmptyPage: true }, 0, 1000))
  })

  it("goes on behind a page that is short by so many percent", () => {
    assert.isTrue(goesOn({ ...usual, partialPage: 10 }, 900, 1000))
    assert.isFalse(goesOn({ ...usual, partialPage: 10 }, 899, 1000))
    assert.isTrue(goesOn({ ...usual, partialPage: 100 }, 1, 1000))
    assert.isFalse(goesOn({ ...usual, partialPage: 100 }, 0, 1000))
  })
})
