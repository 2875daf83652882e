import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { makeBodyReader } from "../src/BodyReader.ts"

const bodyOf = (...blocks: ReadonlyArray<string>) =>
  Stream.fromIterable(
    blocks.map((block) => Buffer.from(block)),
    { chunkSize: 1 }
  )

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
        assert.strictEqual(
          (yield* Effect.flip(pieces(blocks, 3, size))).reason._tag,
          "integrity_error",
          `${blocks} ${size}`
        )
      }
    })
  )

  it.effect("reads into the memory of a piece that was given back, whole pieces and a shorter last one", () =>
    Effect.gen(function* () {
      const reader = yield* makeBodyReader(bodyOf("abcdefgh"), 8)
      const first = yield* reader.fill(3)
      const second = yield* reader.fill(3)
      assert.notStrictEqual(second.buffer, first.buffer)
      reader.recycle(first)
      const third = yield* reader.fill(3)
      assert.strictEqual(third.buffer, first.buffer)
      assert.deepStrictEqual(
        [second, third].map((piece) => Buffer.from(piece).toString()),
        ["def", "gh"]
      )
    }).pipe(Effect.scoped)
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
