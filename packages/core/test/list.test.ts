import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { list } from "../src/list.ts"
import type { ObjectStore } from "../src/ObjectStore.ts"

/** A store whose listing says these cursors one after the other; undefined ends it. */
const paging = (cursors: ReadonlyArray<string | undefined>) => {
  let calls = 0
  const store = {
    listPage: () =>
      Effect.sync(() => {
        const cursor = cursors[calls % cursors.length]
        calls += 1
        return { entries: [{ kind: "directory", path: [String(calls)] }], ...(cursor !== undefined && { cursor }) }
      })
  } as unknown as ObjectStore
  return { store, calls: () => calls }
}

describe("list", () => {
  it.effect("goes on while there is a cursor", () =>
    Effect.gen(function* () {
      const { store } = paging(["a", "b", undefined])
      const entries = yield* Stream.runCollect(list(store, []))
      assert.deepStrictEqual(
        entries.map(({ path }) => path[0]),
        ["1", "2", "3"]
      )
    })
  )

  it.effect.each([
    { cursors: ["a"] },
    { cursors: ["a", "b"] },
    { cursors: ["a", "b", "c", "d", "e"] },
    { cursors: ["x", "a", "b", "c"] }
  ])("a cursor that comes again ends with an error: $cursors", ({ cursors }) =>
    Effect.gen(function* () {
      const { store, calls } = paging(cursors)
      const error = yield* Effect.flip(Stream.runDrain(list(store, [])))
      assert.strictEqual(error.reason._tag, "integrity_error")
      assert.isAtMost(calls(), 4 * cursors.length + 2)
    })
  )

  it.effect("gives the first entries before the second page is asked for", () =>
    Effect.gen(function* () {
      const { store, calls } = paging(["a", "b", undefined])
      yield* Stream.runDrain(Stream.take(list(store, []), 1))
      assert.strictEqual(calls(), 1)
    })
  )
})
