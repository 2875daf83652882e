import { assert, describe, it } from "@effect/vitest"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { openDouble } from "./openDouble.ts"
import { reasonOf } from "./reasonOf.ts"

describe("remove", () => {
  it.live("succeeds if it is gone or never was, also with its bucket", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      yield* store.write(["b", "k"], blocks("x"))
      yield* store.remove(["b", "k"])
      yield* store.remove(["b", "k"])
      yield* store.remove(["missing", "k"])
      assert.strictEqual((yield* reasonOf(store.stat(["b", "k"])))._tag, "not_found")
      assert.strictEqual((yield* reasonOf(store.remove(["b"])))._tag, "is_a_directory")
    })
  )

  it.live("removes a key that ends in a slash and no other", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      for (const path of [
        ["b", "a"],
        ["b", "a", ""],
        ["b", "a", "x"]
      ])
        yield* store.write(path, blocks("x"))
      yield* store.remove(["b", "a", ""])
      assert.strictEqual((yield* store.stat(["b", "a"])).kind, "object")
      assert.strictEqual((yield* store.stat(["b", "a", "x"])).kind, "object")
      assert.strictEqual((yield* reasonOf(store.stat(["b", "a", ""])))._tag, "not_found")
    })
  )
})

describe("removeMany", () => {
  it.live("removes a thousand per call, of every bucket, and names that XML cannot hold", () =>
    Effect.gen(function* () {
      const { store, operations, double } = yield* openDouble({}, { buckets: ["b", "c"] })
      const hostile = [
        ["b", "bell\u0007"],
        ["b", "<&>\"'\r\n"],
        ["b", "\u00e9 +%2F"],
        ["c", "x"]
      ]
      for (const path of hostile) yield* store.write(path, blocks("x"))
      double.clearRequests()
      const missing = Array.from({ length: 1100 }, (_, index) => ["b", `missing-${index}`])
      yield* store.removeMany!([...hostile, ...hostile, ...missing])
      assert.deepStrictEqual(operations().toSorted(), [
        "DeleteObject",
        "DeleteObject",
        "DeleteObjects",
        "DeleteObjects",
        "DeleteObjects"
      ])
      for (const path of hostile) assert.strictEqual((yield* reasonOf(store.stat(path)))._tag, "not_found")
      yield* store.removeMany!([])
    })
  )

  it.live("fails with what one of them failed with, also behind one that is gone", () =>
    Effect.gen(function* () {
      const { store, double } = yield* openDouble()
      const both = ["NotFound", "AccessDenied"].map((code) => `<Error><Key>k</Key><Code>${code}</Code></Error>`)
      double.injectNext(
        { operation: "DeleteObjects" },
        { status: 200, body: `<DeleteResult>${both.join("")}</DeleteResult>` }
      )
      assert.strictEqual((yield* reasonOf(store.removeMany!([["b", "k"]])))._tag, "permission_denied")
      const body = "<DeleteResult><Error><Key>k</Key><Code>AccessDenied</Code></Error></DeleteResult>"
      double.injectNext({ operation: "DeleteObjects" }, { status: 200, body })
      assert.strictEqual((yield* reasonOf(store.removeMany!([["b", "k"]])))._tag, "permission_denied")
    })
  )
})
