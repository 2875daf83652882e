import { assert, describe, it } from "@effect/vitest"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { openDouble } from "./openDouble.ts"
import { reasonOf } from "./reasonOf.ts"

describe("stat", () => {
  it.live("tells objects, directories, buckets and the root", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      yield* store.write(["b", "dir", "object"], blocks("text"), { modified: 1_700_000_000_123 })
      assert.deepStrictEqual(yield* store.stat([]), { kind: "directory", path: [] })
      assert.deepStrictEqual(yield* store.stat(["b"]), { kind: "container", path: ["b"] })
      assert.deepStrictEqual(yield* store.stat(["b", "dir"]), { kind: "directory", path: ["b", "dir"] })
      const info = yield* store.stat(["b", "dir", "object"])
      assert(info.kind === "object")
      assert.strictEqual(info.size, 4)
      assert.strictEqual(info.modified, 1_700_000_000_123)
      assert.strictEqual(info.checksums?.md5, "1cb251ec0d568de6a929b520c4aed8d1")
    })
  )

  it.live("does not take a beginning of a name for the name", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      yield* store.write(["b", "dir", "object"], blocks("text"))
      for (const path of [
        ["missing"],
        ["b", "di"],
        ["b", "dir", "obj"],
        ["b", "dir", ""],
        ["b", ""],
        ["missing", "x"]
      ]) {
        assert.strictEqual((yield* reasonOf(store.stat(path)))._tag, "not_found", JSON.stringify(path))
      }
    })
  )

  it.live("reaches exactly the keys with empty segments", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      yield* store.write(["b", "a", ""], blocks("slash at the end"))
      yield* store.write(["b", "", "x"], blocks("slash at the start"))
      assert.strictEqual((yield* store.stat(["b", "a", ""])).kind, "object")
      assert.strictEqual((yield* store.stat(["b", "a"])).kind, "directory")
      assert.strictEqual((yield* store.stat(["b", ""])).kind, "directory")
      assert.strictEqual((yield* store.stat(["b", "", "x"])).kind, "object")
    })
  )

  it.live("names the right region of a bucket elsewhere", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble({}, { buckets: [{ name: "far", region: "eu-west-1" }] })
      for (const attempt of [store.stat(["far"]), store.listPage(["far"]), store.remove(["far", "x"])]) {
        const reason = yield* reasonOf(attempt as Effect.Effect<unknown, never>)
        assert.strictEqual(reason._tag, "wrong_region")
        assert.include(`${reason.detail} ${reason.suggestion}`, "eu-west-1")
      }
    })
  )
})
