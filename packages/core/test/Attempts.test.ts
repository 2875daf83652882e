import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { makeAttempts, storePolicy } from "../src/Attempts.ts"
import type { Credentials } from "../src/Credentials.ts"
import { StorageError } from "../src/StorageError.ts"

const refused = StorageError.of("auth_expired", "the token has expired")

/** Credentials that are one higher after each refusal, up to `last`. */
const counted = (last: number) => {
  let current = 1
  const credentials: Credentials<number> = {
    get: Effect.sync(() => current),
    invalidate: (old) =>
      Effect.sync(() => {
        if (old === current && current < last) current += 1
      })
  }
  return credentials
}

/** Tries with credentials that are refused until they are `accepted`, and counts. */
const asked = Effect.fnUntraced(function* (last: number, accepted: number) {
  const { attempts, refusals } = yield* makeAttempts<number>(storePolicy)
  const credentials = counted(last)
  const seen: Array<number> = []
  const attempt = Effect.gen(function* () {
    const now = yield* credentials.get
    seen.push(now)
    if (now >= accepted) return now
    const error = StorageError.with(refused, {})
    yield* refusals.note(error, now, credentials)
    return yield* error
  })
  return { attempts, attempt, seen }
})

describe("attempts", () => {
  it.effect("are made once more with other credentials, however they are made", () =>
    Effect.gen(function* () {
      for (const way of ["repeated", "opened"] as const) {
        const { attempts, attempt, seen } = yield* asked(2, 2)
        assert.strictEqual(yield* Effect.scoped(attempts[way](attempt)), 2)
        assert.deepStrictEqual(seen, [1, 2])
      }
    })
  )

  it.effect("are not made again where nothing else can be had, or the others are refused too", () =>
    Effect.gen(function* () {
      const lasting = yield* asked(1, 2)
      const same = yield* Effect.flip(lasting.attempts.repeated(lasting.attempt))
      assert.deepStrictEqual([same.reason._tag, lasting.seen], ["auth_expired", [1]])
      const changing = yield* asked(9, 9)
      yield* Effect.flip(changing.attempts.repeated(changing.attempt))
      assert.deepStrictEqual(changing.seen, [1, 2])
    })
  )

  it.effect("are made once where the body exists once", () =>
    Effect.gen(function* () {
      const { attempts } = yield* makeAttempts<number>(storePolicy)
      let tries = 0
      const failing = Effect.suspend(() => {
        tries += 1
        return Effect.fail(StorageError.of("provider_unavailable", "no answer"))
      })
      yield* Effect.flip(attempts.once(failing))
      assert.strictEqual(tries, 1)
    })
  )

  it.effect("get more time for more bytes", () =>
    Effect.gen(function* () {
      const { attempts } = yield* makeAttempts<number>({ ...storePolicy, deadline: 1_000 })
      const bytes = 16 * 60_000
      const fiber = yield* Effect.forkChild(Effect.flip(attempts.once(Effect.never, bytes)))
      yield* TestClock.adjust(60_999)
      assert.isUndefined(fiber.pollUnsafe())
      yield* TestClock.adjust(1)
      assert.strictEqual((yield* Fiber.join(fiber)).reason._tag, "timeout")
    })
  )
})
