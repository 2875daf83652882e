import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { constant, fromSource } from "../src/Credentials.ts"
import { StorageError } from "../src/StorageError.ts"

interface Token {
  readonly id: number
  readonly expires: number
}

/** A source that takes 20 ms, counts its calls, and whose tokens live 10 minutes. */
const counting = () => {
  const state = { calls: 0 }
  const source = Effect.gen(function* () {
    const id = (state.calls += 1)
    yield* Effect.sleep(20)
    return { id, expires: (yield* Clock.currentTimeMillis) + 600_000 } satisfies Token
  })
  return { state, source }
}

const all = <A, E, R>(count: number, effect: Effect.Effect<A, E, R>) =>
  Effect.forkChild(
    Effect.all(
      Array.from({ length: count }, () => effect),
      { concurrency: "unbounded" }
    )
  )

describe("Credentials", () => {
  it.effect("are fetched once for all who wait and all who come later", () =>
    Effect.gen(function* () {
      const { state, source } = counting()
      const credentials = yield* fromSource(source)
      const callers = yield* all(64, credentials.get)
      yield* TestClock.adjust(20)
      assert.strictEqual(new Set(yield* Fiber.join(callers)).size, 1)
      yield* credentials.get
      assert.strictEqual(state.calls, 1)
    })
  )

  it.effect("reach the others when who asked first is interrupted", () =>
    Effect.gen(function* () {
      const { state, source } = counting()
      const credentials = yield* fromSource(source)
      const leader = yield* Effect.forkChild(credentials.get)
      yield* TestClock.adjust(5)
      const others = yield* all(8, credentials.get)
      yield* TestClock.adjust(5)
      yield* Fiber.interrupt(leader)
      yield* TestClock.adjust(10)
      assert.lengthOf(yield* Fiber.join(others), 8)
      assert.strictEqual(state.calls, 1)
    })
  )

  it.effect("are fetched once more for 64 refusals of one value", () =>
    Effect.gen(function* () {
      const { state, source } = counting()
      const credentials = yield* fromSource(source)
      const refused = Effect.flatMap(credentials.get, (value) =>
        Effect.andThen(credentials.invalidate(value), credentials.get)
      )
      const callers = yield* all(64, refused)
      yield* TestClock.adjust(20)
      yield* TestClock.adjust(20)
      assert.deepStrictEqual(new Set((yield* Fiber.join(callers)).map(({ id }) => id)), new Set([2]))
      assert.strictEqual(state.calls, 2)
    })
  )

  it.effect("that expired and are refused while new ones are on their way are fetched once", () =>
    Effect.gen(function* () {
      const { state, source } = counting()
      const credentials = yield* fromSource(source, { expires: (token) => token.expires })
      const first = yield* Effect.forkChild(credentials.get)
      yield* TestClock.adjust(20)
      const old = yield* Fiber.join(first)
      yield* TestClock.adjust(600_000)
      const early = yield* Effect.forkChild(credentials.get)
      yield* TestClock.adjust(10)
      yield* credentials.invalidate(old)
      const late = yield* Effect.forkChild(credentials.get)
      yield* TestClock.adjust(20)
      assert.deepStrictEqual([(yield* Fiber.join(early)).id, (yield* Fiber.join(late)).id], [2, 2])
      assert.strictEqual(state.calls, 2)
    })
  )

  it.effect("do not follow a refusal of a value that is no longer in force", () =>
    Effect.gen(function* () {
      const { state, source } = counting()
      const credentials = yield* fromSource(source)
      const fetch = Effect.gen(function* () {
        const fiber = yield* Effect.forkChild(credentials.get)
        yield* TestClock.adjust(20)
        return yield* Fiber.join(fiber)
      })
      const old = yield* fetch
      yield* credentials.invalidate(old)
      yield* fetch
      yield* credentials.invalidate(old)
      assert.strictEqual((yield* credentials.get).id, 2)
      assert.strictEqual(state.calls, 2)
    })
  )

  it.effect("are fetched anew some time before they expire", () =>
    Effect.gen(function* () {
      const { source } = counting()
      const credentials = yield* fromSource(source, { expires: (token) => token.expires, margin: 60_000 })
      const ask = Effect.gen(function* () {
        const fiber = yield* Effect.forkChild(credentials.get)
        yield* TestClock.adjust(20)
        return (yield* Fiber.join(fiber)).id
      })
      assert.strictEqual(yield* ask, 1)
      yield* TestClock.adjust(500_000)
      assert.strictEqual(yield* ask, 1)
      yield* TestClock.adjust(40_000)
      assert.strictEqual(yield* ask, 2)
    })
  )

  it.effect("a failure is never kept", () =>
    Effect.gen(function* () {
      let calls = 0
      const credentials = yield* fromSource(
        Effect.suspend(() => (++calls === 1 ? Effect.fail(StorageError.of("timeout", "slow")) : Effect.succeed("key")))
      )
      assert.strictEqual((yield* Effect.flip(credentials.get)).reason._tag, "timeout")
      assert.strictEqual(yield* credentials.get, "key")
    })
  )

  it.effect("that are constant follow their settings", () =>
    Effect.gen(function* () {
      let settings = "first"
      const credentials = constant(Effect.sync(() => settings))
      assert.strictEqual(yield* credentials.get, "first")
      settings = "second"
      yield* credentials.invalidate("first")
      assert.strictEqual(yield* credentials.get, "second")
    })
  )
})
