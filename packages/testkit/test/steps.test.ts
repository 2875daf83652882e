import { assert, describe, it } from "@effect/vitest"
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { within } from "../src/steps.ts"

/** Fails until it was tried so often; counts the tries. */
const succeedsAt = (look: number) => {
  let looks = 0
  const check = Effect.suspend(() => {
    looks += 1
    return looks < look ? Effect.fail(StorageError.of("not_found", "not yet")) : Effect.succeed(looks)
  })
  return { check, looks: () => looks }
}

/** Runs the effect while time goes by in leaps, as in a process that is stopped again and again. */
const inLeaps = Effect.fnUntraced(function* <A, E>(effect: Effect.Effect<A, E>) {
  const fiber = yield* Effect.forkChild(Effect.exit(effect), { startImmediately: true })
  for (let leap = 0; leap < 20; leap += 1) yield* TestClock.adjust("1 minute")
  return yield* Fiber.join(fiber)
})

describe("within", () => {
  it.effect("looks several times, however much time has gone by", () =>
    Effect.gen(function* () {
      const late = succeedsAt(5)
      assert.strictEqual((yield* inLeaps(within(1000, late.check)))._tag, "Success")
      const never = succeedsAt(Infinity)
      assert.strictEqual((yield* inLeaps(within(1000, never.check)))._tag, "Failure")
      assert.isAtLeast(never.looks(), 5)
    })
  )

  it.effect("looks once where nothing is to be waited for", () =>
    Effect.gen(function* () {
      const second = succeedsAt(2)
      assert.strictEqual((yield* inLeaps(within(0, second.check)))._tag, "Failure")
      assert.strictEqual(second.looks(), 1)
    })
  )
})
