import { assert, describe, it } from "@effect/vitest"
import type { PartRules } from "@mooring/core/Capabilities"
import * as Arbitrary from "effect/Arbitrary"
import * as Deferred from "effect/Deferred"
import * as Schema from "effect/Schema"
import { byteLength, isVisible } from "../src/names.ts"
import { makeBlockCache, type Block } from "../src/reading/BlockCache.ts"
import { advance, makeWindow } from "../src/reading/ReadWindow.ts"
import { versionOf } from "../src/reading/Version.ts"
import { add, cut, gaps, type Extents } from "../src/writing/extents.ts"
import { emptyDraft } from "../src/writing/Draft.ts"
import { planParts } from "../src/writing/pieces.ts"

const upTo = (maximum: number) => Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum })))
const anyExtents = Arbitrary.array(Arbitrary.all([upTo(60), upTo(60)]), { maxLength: 12 })

const membersOf = (extents: Extents) => {
  const members = new Set<number>()
  for (const [start, end] of extents) for (let at = start; at < end; at += 1) members.add(at)
  return members
}
const ordered = (extents: Extents) => extents.every(([start], index) => index === 0 || start > extents[index - 1]![1])

describe("extents", () => {
  it.prop(
    "hold what was added, in order and joined, and know what is missing",
    [anyExtents, upTo(60)],
    ([pairs, end]) => {
      const extents: Extents = []
      const members = new Set<number>()
      for (const [start, stop] of pairs) {
        add(extents, start, stop)
        for (let at = start; at < stop; at += 1) members.add(at)
      }
      assert.isTrue(ordered(extents))
      assert.deepStrictEqual(
        [...membersOf(extents)],
        [...members].toSorted((left, right) => left - right)
      )
      const missing = membersOf(gaps(extents, 5, 50))
      for (let at = 5; at < 50; at += 1) assert.strictEqual(missing.has(at), !members.has(at))
      cut(extents, end)
      assert.isTrue(ordered(extents))
      const kept = [...members].filter((at) => at < end)
      assert.deepStrictEqual(
        [...membersOf(extents)],
        kept.toSorted((left, right) => left - right)
      )
    },
    { arbitrary: { runs: 2000, size: 60 } }
  )
})

describe("parts of a changed object", () => {
  const rules: PartRules = { min: 10, max: 40, count: 10_000, ordered: false, copies: true }
  it.prop(
    "cover it without overlap, each within the rules, and copy only what did not change",
    [anyExtents, upTo(400), upTo(400)],
    ([pairs, size, baseEnd]) => {
      const changed: Extents = []
      for (const [start, stop] of pairs) add(changed, start * 6, Math.min(stop * 6, size))
      const draft = { ...emptyDraft(0), size, baseEnd: Math.min(baseEnd, size), changed }
      const parts = planParts(draft, rules, 20)
      if (parts === undefined) return
      const dirty = membersOf(changed)
      let at = 0
      for (const [index, { copied, start, end }] of parts.entries()) {
        assert.strictEqual(start, at)
        assert.isTrue(end > start && end - start <= rules.max)
        if (index < parts.length - 1) assert.isAtLeast(end - start, rules.min)
        if (copied) {
          assert.isAtMost(end, draft.baseEnd)
          for (let byte = start; byte < end; byte += 1) assert.isFalse(dirty.has(byte))
        }
        at = end
      }
      assert.strictEqual(at, size)
      assert.isTrue(parts.some(({ copied }) => copied))
    },
    { arbitrary: { runs: 2000, size: 400 } }
  )
})

describe("names", () => {
  it("are as long as the bytes that they stand for", () => {
    assert.strictEqual(byteLength("ä"), 2)
    assert.strictEqual(byteLength("‛FF"), 1)
    assert.strictEqual(byteLength("‛‛"), 3)
  })
  it("are shown unless no file can have them", () => {
    for (const name of ["a", "...", " ", "n".repeat(255), "‛FF".repeat(255)]) assert.isTrue(isVisible(name), name)
    for (const name of ["", ".", "..", "a/b", "a\0", "n".repeat(256)]) assert.isFalse(isVisible(name), name)
  })
})

describe("a reader", () => {
  it("is read ahead further the longer it is sequential, up to the bound, and not after a jump", () => {
    const window = makeWindow()
    const sizes = [0, 131_072, 262_144, 393_216].map((offset) => {
      advance(window, offset, 131_072, 2 ** 21)
      return window.ahead
    })
    assert.deepStrictEqual(sizes, [2 ** 20, 1_310_720, 1_572_864, 1_835_008])
    advance(window, 524_288, 131_072, 2 ** 21)
    advance(window, 655_360, 131_072, 2 ** 21)
    assert.strictEqual(window.ahead, 2 ** 21)
    assert.isFalse(advance(window, 2 ** 30, 4096, 2 ** 21))
    assert.strictEqual(window.ahead, 0)
  })
})

describe("the block cache", () => {
  const block = (version: ReturnType<typeof versionOf>, index: number): Block => ({
    version,
    index,
    bytes: new Uint8Array(10),
    room: 10,
    state: "loading",
    done: Deferred.makeUnsafe(),
    waiting: 0,
    older: undefined,
    newer: undefined
  })

  it("gives up the block that was not used for longest, and never one that is on its way", () => {
    const cache = makeBlockCache(30)
    const version = versionOf({ size: 100 }, 0)
    const blocks = [0, 1, 2].map((index) => block(version, index))
    for (const one of blocks) cache.begin(one)
    cache.begin(block(version, 3))
    assert.strictEqual(cache.held(), 40)
    for (const one of blocks) cache.ready(one)
    cache.touch(blocks[0]!)
    cache.begin(block(version, 4))
    assert.deepStrictEqual([...version.blocks.keys()], [0, 3, 4])
    cache.failed(version.blocks.get(3)!)
    cache.drop(version)
    assert.deepStrictEqual([...version.blocks.keys()], [4])
    assert.deepStrictEqual([cache.held(), cache.loading()], [10, 10])
  })
})
