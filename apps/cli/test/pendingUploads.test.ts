import { assert, describe, it } from "@effect/vitest"
import { list } from "@mooring/core/list"
import { flat, memoryStore } from "@mooring/testkit/memory"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import { pendingUploads } from "../src/pendingUploads.ts"

const hour = 3_600_000

describe("pendingUploads", () => {
  it.effect("shows what is below the path, and aborts what is old", () =>
    Effect.gen(function* () {
      const store = memoryStore(flat)
      const open = (name: string) => store.openUpload!(["box", ...name.split("/")])
      yield* open("dir/old")
      yield* open("dirt/old")
      yield* TestClock.adjust(2 * hour)
      const young = yield* open("dir/young")
      const found = (abortAfter?: number) =>
        Effect.map(Stream.runCollect(pendingUploads(store, ["box", "dir"], abortAfter)), (all) =>
          all.map(({ path, aborted }) => [path.at(-1), aborted])
        )
      assert.deepStrictEqual(yield* found(), [
        ["old", false],
        ["young", false]
      ])
      assert.deepStrictEqual(yield* found(hour), [
        ["old", true],
        ["young", false]
      ])
      assert.deepStrictEqual(yield* found(), [["young", false]])
      yield* young.writePart(1, Buffer.from("text"))
      yield* young.complete
      assert.strictEqual((yield* Stream.runCollect(list(store, ["box", "dir"]))).length, 1)
    })
  )

  it.effect("says where a provider keeps nothing of them", () =>
    Effect.gen(function* () {
      const { listUploads: _, ...store } = memoryStore(flat)
      const error = yield* Effect.flip(Stream.runDrain(pendingUploads(store, ["box"], undefined)))
      assert.strictEqual(error.reason._tag, "unsupported")
    })
  )
})
