import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { makeAsk } from "../src/asking.ts"
import { openLocal } from "./directory.ts"

const count = 2000

describe("asking for many files", () => {
  it.live.each([
    { name: "asked directly", quick: Infinity },
    { name: "asked through the pool", quick: -1 }
  ])("says the same of files that are $name, in their order", ({ quick }) =>
    Effect.gen(function* () {
      const { root } = yield* openLocal
      const files = Array.from({ length: count }, (_, index) => join(root, `${index}`))
      files.forEach((file, index) => {
        if (index % 100 === 0) mkdirSync(file)
        else if (index % 100 === 1) symlinkSync("nowhere", file)
        else writeFileSync(file, "x".repeat(index))
      })
      const gone = files.filter((_, index) => index % 7 === 0)
      gone.forEach((file) => rmSync(file, { recursive: true }))
      const ask = makeAsk(quick)
      const found = yield* Effect.forEach(files, (file) => ask(Buffer.from(file)))
      assert.deepStrictEqual(
        found.map((stats) => stats?.ino),
        files.map((file) => lstatSync(file, { throwIfNoEntry: false })?.ino)
      )
      assert.deepStrictEqual(
        found.map((stats) => stats?.size),
        files.map((file) => lstatSync(file, { throwIfNoEntry: false })?.size)
      )
    })
  )

  it.live.each([Infinity, -1])("fails with the reason of the system, and finds nothing below a file", (quick) =>
    Effect.gen(function* () {
      const { root } = yield* openLocal
      const ask = makeAsk(quick)
      writeFileSync(join(root, "file"), "")
      yield* ask(Buffer.from(root))
      assert.isUndefined(yield* ask(Buffer.from(join(root, "file/below"))))
      const { reason } = yield* Effect.flip(ask(Buffer.from(join(root, "x".repeat(256)))))
      assert.deepStrictEqual([reason._tag, reason.providerCode], ["invalid_name", "ENAMETOOLONG"])
    })
  )
})
