import { assert, describe, it } from "@effect/vitest"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { openDouble } from "./openDouble.ts"
import { reasonOf } from "./reasonOf.ts"

const path = ["b", "dir", "a b+c%2F&=?#\u00e9"]

describe("presign", () => {
  it.live("makes links that a stranger can use", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      const put = yield* store.presign!(path, "PUT", 60)
      assert.strictEqual((yield* Effect.promise(() => fetch(put.url, { method: "PUT", body: "text" }))).status, 200)
      const get = yield* store.presign!(path, "GET", 60)
      const answer = yield* Effect.promise(() => fetch(get.url))
      assert.strictEqual(yield* Effect.promise(() => answer.text()), "text")
    })
  )

  it.live("is valid for a week at most, and needs credentials", () =>
    Effect.gen(function* () {
      const { store, change } = yield* openDouble()
      yield* store.write(path, blocks("x"))
      for (const seconds of [0, -1, 1.5, 604_801]) {
        assert.strictEqual((yield* reasonOf(store.presign!(path, "GET", seconds)))._tag, "invalid_value")
      }
      change({ credentials: { kind: "anonymous" } })
      assert.strictEqual((yield* reasonOf(store.presign!(path, "GET", 60)))._tag, "unsupported")
    })
  )
})
