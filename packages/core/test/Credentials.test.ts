import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import { fromSource } from "../src/Credentials.ts"
import { StorageError } from "../src/StorageError.ts"

/** A source that counts how often it was asked, and takes a moment. */
const counting = (expires?: number) => {
  const seen = { fetched: 0 }
  const source = Effect.andThen(
    Effect.sleep(20),
    Effect.sync(() => ({ id: ++seen.fetched, expires }))
  )
  return { seen, source }
}

describe("fromSource", () => {
  it.effect("fetches once for all who wait, and once more when all of them are refused", () =>
    Effect.gen(function* () {
      const { seen, source } = counting()
      const credentials = yield* fromSource(source)
      const leader = yield* Effect.forkChild(credentials.get)
      yield* TestClock.adjust(5)
      const others = yield* Effect.forkChild(
        Effect.forEach(
          Array.from({ length: 64 }),
          () => Effect.tap(credentials.get, (value) => credentials.invalidate(value)),
          { concurrency: "unbounded" }
        )
      )
      yield* TestClock.adjust(5)
      yield* Fiber.interrupt(leader)
      yield* TestClock.adjust(100)
      yield* Fiber.join(others)
      const again = yield* Effect.forkChild(credentials.get)
      yield* TestClock.adjust(100)
      assert.strictEqual((yield* Fiber.join(again)).id, 2)
      assert.strictEqual(seen.fetched, 2)
    })
  )

  it.effect("fetches anew some time before the value expires", () =>
    Effect.gen(function* () {
      const { seen, source } = counting(300_000)
      const credentials = yield* fromSource(source, { expires: (value) => value.expires, margin: 60_000 })
      const get = Effect.gen(function* () {
        const fiber = yield* Effect.forkChild(credentials.get)
        yield* TestClock.adjust(20)
        return yield* Fiber.join(fiber)
      })
      yield* get
      yield* TestClock.adjust(239_000)
      yield* get
      assert.strictEqual(seen.fetched, 1)
      yield* TestClock.adjust(2_000)
      yield* get
      assert.strictEqual(seen.fetched, 2)
    })
  )

  it.effect("never keeps a failure", () =>
    Effect.gen(function* () {
      let tries = 0
      const credentials = yield* fromSource(
        Effect.suspend(() =>
          ++tries === 1 ? Effect.fail(StorageError.of("auth_invalid", "x")) : Effect.succeed("key")
        )
      )
      assert.strictEqual((yield* Effect.flip(credentials.get)).reason._tag, "auth_invalid")
      assert.strictEqual(yield* credentials.get, "key")
    })
  )
})
