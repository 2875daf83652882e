import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { fileOf, segmentOf } from "../src/names.ts"

const Name = Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 255 })))
/** Bytes of the characters that names of files are told apart by. */
const loaded = ["\uff0e", "\u201b", ".", "F", "\u2400"].map((character) => [...Buffer.from(character)])
const Loaded = Schema.Array(Schema.Literals([0, 1, 2, 3, 4]))

const back = (bytes: ReadonlyArray<number>) =>
  Effect.map(fileOf("", [segmentOf(Uint8Array.from(bytes))]), (file) => [...file.subarray(1)])

describe("names", () => {
  it.effect.prop("every name of a file is reached", [Name], ([bytes]) =>
    Effect.gen(function* () {
      if (bytes.length === 0 || bytes.includes(0x2f) || bytes.length > 255) return
      if (["2e", "2e2e"].includes(Buffer.from(bytes).toString("hex"))) return
      assert.deepStrictEqual(yield* back(bytes), [...bytes])
    })
  )

  it.effect.prop("also of the forms that stand for dots", [Loaded], ([picks]) =>
    Effect.gen(function* () {
      const bytes = picks.flatMap((pick) => loaded[pick] as Array<number>)
      if (bytes.length === 0 || bytes.length > 255 || ["2e", "2e2e"].includes(Buffer.from(bytes).toString("hex")))
        return
      assert.deepStrictEqual(yield* back(bytes), bytes)
    })
  )

  it.effect("dots are stored as their full-width forms, as rclone does", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* fileOf("", ["."])).toString(), "/\uff0e")
      assert.strictEqual((yield* fileOf("", [".."])).toString(), "/\uff0e\uff0e")
    })
  )
})
