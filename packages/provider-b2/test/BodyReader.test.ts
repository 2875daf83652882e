import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { makeBodyReader } from "../src/BodyReader.ts"
import { bodyOf } from "./bodies.ts"

const pieces = Effect.fnUntraced(function* (blocks: ReadonlyArray<string>, limit: number, size?: number) {
  const reader = yield* makeBodyReader(bodyOf(...blocks), size)
  const found: Array<string> = []
  while (true) {
    const piece = yield* reader.fill(limit)
    if (piece.byteLength === 0) return found
    found.push(Buffer.from(piece).toString())
  }
}, Effect.scoped)

describe("makeBodyReader", () => {
  it.effect("cuts blocks of any size into pieces of one", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* pieces(["abcdefg", "", "h", "ij"], 3), ["abc", "def", "ghi", "j"])
      assert.deepStrictEqual(yield* pieces(["abc", "def"], 3), ["abc", "def"])
      assert.deepStrictEqual(yield* pieces(["abc", "def"], 3, 6), ["abc", "def"])
      assert.deepStrictEqual(yield* pieces(["ab", "cd"], 3, 4), ["abc", "d"])
      assert.deepStrictEqual(yield* pieces([], 3), [])
      assert.deepStrictEqual(yield* pieces(["", ""], 3, 0), [])
    })
  )

  it.effect("fails on a body that is shorter or longer than said, at whatever border", () =>
    Effect.gen(function* () {
      const cases: ReadonlyArray<readonly [ReadonlyArray<string>, number]> = [
        [["ab"], 3],
        [["abcd"], 3],
        [["abc", "d"], 3],
        [[], 1],
        [["a"], 0],
        [["abcdef", "g"], 6]
      ]
      for (const [blocks, size] of cases) {
        const { reason } = yield* Effect.flip(pieces(blocks, 3, size))
        assert.strictEqual(reason._tag, "integrity_error", `${blocks.join()} as ${size}`)
      }
    })
  )

  it.effect("says whether there is more without taking it", () =>
    Effect.gen(function* () {
      const reader = yield* makeBodyReader(bodyOf("abc", "", "d", ""))
      assert.strictEqual(Buffer.from(yield* reader.fill(3)).toString(), "abc")
      assert.isTrue(yield* reader.more)
      assert.isTrue(yield* reader.more)
      assert.strictEqual(Buffer.from(yield* reader.fill(3)).toString(), "d")
      assert.isFalse(yield* reader.more)
    }).pipe(Effect.scoped)
  )

  it.effect("says how much memory the next piece needs", () =>
    Effect.gen(function* () {
      const reader = yield* makeBodyReader(bodyOf("abcde"), 5)
      assert.strictEqual(reader.next(3), 3)
      yield* reader.fill(3)
      assert.strictEqual(reader.next(3), 2)
      yield* reader.fill(3)
      assert.strictEqual(reader.next(3), 0)
      assert.strictEqual(reader.received(), 5)
    }).pipe(Effect.scoped)
  )
})
