import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { formatMarker, parseMarker } from "../src/markers.ts"
import { reasonOf } from "./reasonOf.ts"

describe("markers", () => {
  it.effect("keep a key and an id of any characters apart", () =>
    Effect.gen(function* () {
      for (const marker of [
        { key: "a:b/c", id: "7:x" },
        { key: "", id: "" },
        { key: "\n\u{1f600}", id: "=id" },
        { key: "k".repeat(1024), id: "id" }
      ]) {
        assert.deepStrictEqual(yield* parseMarker(formatMarker(marker)), marker)
      }
    })
  )

  it.effect("are from here, or refused", () =>
    Effect.gen(function* () {
      for (const text of ["", "x", "-1:a", "1e3:a"]) {
        assert.strictEqual((yield* reasonOf(parseMarker(text)))._tag, "invalid_value", text)
      }
    })
  )
})
