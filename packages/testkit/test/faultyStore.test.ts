/** A faulty store fails where its script says, and nowhere else. */
import { assert, describe, it } from "@effect/vitest"
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { blocks } from "../src/bodies.ts"
import { faultyStore } from "../src/faultyStore.ts"
import { flat, memoryStore } from "../src/memory/index.ts"

const error = StorageError.of("provider_unavailable", "by script")
const path = ["box", "object"]

describe("faultyStore", () => {
  it.effect("fails the call that the script names", () =>
    Effect.gen(function* () {
      const { store, calls } = faultyStore(memoryStore(flat), [{ operation: "stat", call: 2, error }])
      yield* store.write(path, blocks("text"))
      yield* store.stat(path)
      assert.strictEqual(yield* Effect.flip(store.stat(path)), error)
      yield* store.stat(path)
      assert.strictEqual(calls("stat"), 3)
    })
  )

  it.effect("fails every call where the script names none, optional members and check too", () =>
    Effect.gen(function* () {
      const { store } = faultyStore(memoryStore(flat), [
        { operation: "copy", error },
        { operation: "check", error }
      ])
      for (const _ of [1, 2]) {
        assert.strictEqual(yield* Effect.flip(store.copy!(path, path)), error)
        assert.strictEqual(yield* Effect.flip(store.check), error)
      }
    })
  )

  it.effect("cuts a body after so many bytes", () =>
    Effect.gen(function* () {
      const { store } = faultyStore(memoryStore(flat), [
        { operation: "read", call: 1, after: 6, error },
        { operation: "write", call: 2, after: 0, error }
      ])
      yield* store.write(path, blocks("text ", "text"))
      const { body } = yield* store.read(path)
      let seen = 0
      const drain = Stream.runForEach(body, (block) => Effect.sync(() => void (seen += block.length)))
      assert.strictEqual(yield* Effect.flip(drain), error)
      assert.strictEqual(seen, 6)
      assert.strictEqual(yield* Effect.flip(store.write(path, blocks("other"))), error)
      const again = yield* store.read(path)
      assert.strictEqual((yield* Stream.mkUint8Array(again.body)).length, 9)
    })
  )
})
