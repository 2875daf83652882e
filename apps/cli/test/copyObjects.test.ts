import { assert, describe, it } from "@effect/vitest"
import type { ObjectStore } from "@mooring/core/ObjectStore"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { copyAll } from "../src/copyObjects.ts"

/** A store of two pages, with a key on each that no path reaches. */
const store = {
  listPage: (_directory: unknown, { cursor }: { readonly cursor?: string } = {}) =>
    Effect.succeed(
      cursor === undefined
        ? { entries: [], unaddressable: ["first"], cursor: "next" }
        : { entries: [], unaddressable: ["second"] }
    )
} as unknown as ObjectStore

describe("copyAll", () => {
  it.effect("says which stored names no path reaches, instead of leaving them out", () =>
    Effect.gen(function* () {
      const location = { store, path: [], into: true }
      const copied = yield* Stream.runCollect(copyAll(location, location))
      assert.deepStrictEqual(
        copied.map(({ path, error }) => [path[0], error?.reason._tag]),
        [
          ["first", "invalid_name"],
          ["second", "invalid_name"]
        ]
      )
    })
  )
})
