import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import * as TestClock from "effect/testing/TestClock"
import * as Exit from "effect/Exit"
import { MemoryBudget } from "../src/MemoryBudget.ts"

const KiB = 1024

/** Takes in a scope of its own; `taken` says when. */
const taker = Effect.fnUntraced(function* (bytes: number) {
  const { take } = yield* MemoryBudget
  const scope = yield* Scope.make()
  const state = { taken: false }
  const fiber = yield* Effect.forkChild(
    Effect.andThen(
      Scope.provide(take(bytes), scope),
      Effect.sync(() => (state.taken = true))
    )
  )
  yield* TestClock.adjust(1)
  return { state, fiber, release: Effect.andThen(Scope.close(scope, Exit.void), TestClock.adjust(1)) }
})

const within = (bytes: number) => Effect.provide(MemoryBudget.layer(bytes))

describe("MemoryBudget", () => {
  it.effect("holds for the Scope and then gives back", () =>
    Effect.gen(function* () {
      const first = yield* taker(6 * KiB)
      const second = yield* taker(6 * KiB)
      assert.deepStrictEqual([first.state.taken, second.state.taken], [true, false])
      yield* first.release
      assert.isTrue(second.state.taken)
    }).pipe(within(10 * KiB))
  )

  it.effect("more than the whole waits for all of it", () =>
    Effect.gen(function* () {
      const small = yield* taker(1)
      const huge = yield* taker(1024 * KiB)
      assert.isFalse(huge.state.taken)
      yield* small.release
      assert.isTrue(huge.state.taken)
      const next = yield* taker(1)
      assert.isFalse(next.state.taken)
      yield* huge.release
      assert.isTrue(next.state.taken)
    }).pipe(within(10 * KiB))
  )

  it.effect("an interruption while waiting takes and gives back nothing", () =>
    Effect.gen(function* () {
      const first = yield* taker(10 * KiB)
      const waiting = yield* taker(10 * KiB)
      yield* Fiber.interrupt(waiting.fiber)
      yield* waiting.release
      const third = yield* taker(KiB)
      assert.isFalse(third.state.taken)
      yield* first.release
      assert.isTrue(third.state.taken)
      const rest = yield* taker(9 * KiB)
      assert.isTrue(rest.state.taken)
    }).pipe(within(10 * KiB))
  )

  it.effect("a large part is not overtaken by small ones that came later", () =>
    Effect.gen(function* () {
      const first = yield* taker(4 * KiB)
      const large = yield* taker(8 * KiB)
      const small = yield* taker(KiB)
      assert.deepStrictEqual([large.state.taken, small.state.taken], [false, false])
      yield* first.release
      assert.deepStrictEqual([large.state.taken, small.state.taken], [true, true])
    }).pipe(within(10 * KiB))
  )
})
