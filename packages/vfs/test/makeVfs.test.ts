import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { pattern } from "@mooring/testkit"
import { mounted, put, stored } from "./mounted.ts"

describe("a filesystem", () => {
  it.effect("lists, tells and reads what the store has", () =>
    Effect.gen(function* () {
      const { store, list, stat, read } = yield* mounted()
      yield* put(store, "a", "one")
      yield* put(store, "d/b", "second")
      assert.deepStrictEqual(yield* list(""), ["a", "d/"])
      assert.strictEqual((yield* stat("d/b")).size, 6)
      assert.strictEqual(yield* read("d/b"), "second")
    })
  )

  it.effect("has stored a new file once it is closed", () =>
    Effect.gen(function* () {
      const { store, write, read } = yield* mounted()
      yield* write("new", "content")
      assert.strictEqual(yield* stored(store, "new"), "content")
      assert.strictEqual(yield* read("new"), "content")
    })
  )

  it.effect("writes and reads a file of many blocks", () =>
    Effect.gen(function* () {
      const { store, write, read, vfs } = yield* mounted()
      const bytes = pattern(20 * 1024 * 1024 + 77)
      yield* write("large", bytes)
      assert.isTrue(Buffer.from(bytes).equals(Buffer.from(yield* stored(store, "large"), "latin1")))
      assert.isTrue(Buffer.from(bytes).equals(Buffer.from(yield* read("large"), "latin1")))
      assert.deepStrictEqual(yield* vfs.pending, [])
    })
  )
})
