import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { StorageError } from "../src/StorageError.ts"
import { beginningOf } from "../src/Transport.ts"

describe("beginningOf", () => {
  it.effect("takes 64 KiB of a body that never ends", () =>
    Effect.gen(function* () {
      let pulled = 0
      const block = new Uint8Array(10_000)
      const endless = Stream.fromEffectRepeat(
        Effect.sync(() => {
          pulled += block.length
          // Ends a reader that does not stop by itself.
          return pulled > 1_000_000 ? assert.fail("all of it is read") : block
        })
      )
      assert.strictEqual((yield* beginningOf(endless)).byteLength, 64 * 1024)
      assert.isAtMost(pulled, 80_000)
    })
  )

  it.effect("takes what came of a body that breaks off", () =>
    Effect.gen(function* () {
      const broken = Stream.concat(
        Stream.make(new Uint8Array(Buffer.from("<Error>"))),
        Stream.fail(StorageError.of("timeout", "silence"))
      )
      assert.strictEqual(Buffer.from(yield* beginningOf(broken)).toString(), "<Error>")
    })
  )
})
