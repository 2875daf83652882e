import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import { makeCalls } from "../src/Call.ts"
import { StorageError } from "../src/StorageError.ts"

const policy = { concurrency: 2, retries: 3, deadline: 60_000 }
const unavailable = StorageError.of("provider_unavailable", "x")

/** Fails so often before it succeeds; counts its tries and what it holds open. */
const attempts = (failures: number, error = unavailable) => {
  const seen = { tries: 0, open: 0 }
  const attempt = Effect.suspend(() => {
    seen.tries += 1
    const { tries } = seen
    return Effect.andThen(
      Effect.acquireRelease(
        Effect.sync(() => (seen.open += 1)),
        () => Effect.sync(() => (seen.open -= 1))
      ),
      tries > failures ? Effect.succeed(tries) : Effect.fail(error)
    )
  })
  return { seen, attempt }
}

/** Runs with the clock moved on whenever everything waits. */
const hurried = <A, E, R>(effect: Effect.Effect<A, E, R>, by = 120_000) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(effect)
    yield* TestClock.adjust(by)
    return yield* Fiber.join(fiber)
  })

describe("makeCalls", () => {
  it.effect("tries again what may pass, and releases what a failed try held", () =>
    Effect.gen(function* () {
      const { run } = yield* makeCalls(policy)
      const { seen, attempt } = attempts(2)
      const open = yield* hurried(
        Effect.scoped(Effect.map(run({ replayable: true }, attempt), (tries) => [tries, seen.open]))
      )
      assert.deepStrictEqual(open, [3, 1])
      assert.strictEqual(seen.open, 0)
    })
  )

  it.effect("gives up after its tries, and at once on what will not pass or cannot be sent again", () =>
    Effect.gen(function* () {
      const { run } = yield* makeCalls(policy)
      const tries = Effect.fnUntraced(function* (replayable: boolean, error?: StorageError) {
        const { seen, attempt } = attempts(99, error)
        yield* hurried(Effect.flip(Effect.scoped(run({ replayable }, attempt))))
        return seen.tries
      })
      assert.strictEqual(yield* tries(true), 4)
      assert.strictEqual(yield* tries(false), 1)
      assert.strictEqual(yield* tries(true, StorageError.of("not_found", "x")), 1)
    })
  )

  it.effect("waits as long as the provider asks, if the deadline lets it", () =>
    Effect.gen(function* () {
      const { run } = yield* makeCalls(policy)
      const asked = attempts(1, StorageError.of("rate_limited", "x", { retryAfter: 30_000 }))
      const fiber = yield* Effect.forkChild(Effect.scoped(run({ replayable: true }, asked.attempt)))
      yield* TestClock.adjust(29_000)
      assert.strictEqual(asked.seen.tries, 1)
      yield* TestClock.adjust(2_000)
      assert.strictEqual(yield* Fiber.join(fiber), 2)
      const tooLong = attempts(1, StorageError.of("rate_limited", "x", { retryAfter: 90_000 }))
      yield* hurried(Effect.flip(Effect.scoped(run({ replayable: true }, tooLong.attempt))))
      assert.strictEqual(tooLong.seen.tries, 1)
    })
  )

  it.effect("ends a try that takes longer than the deadline", () =>
    Effect.gen(function* () {
      const { run } = yield* makeCalls(policy)
      const error = yield* hurried(Effect.flip(Effect.scoped(run({ replayable: true, deadline: 1000 }, Effect.never))))
      assert.strictEqual(error.reason._tag, "timeout")
    })
  )

  it.effect("runs no more at once than it may, and an interruption frees its place", () =>
    Effect.gen(function* () {
      const { run } = yield* makeCalls(policy)
      let running = 0
      const busy = Effect.andThen(
        Effect.sync(() => (running += 1)),
        Effect.onExit(Effect.never, () => Effect.sync(() => (running -= 1)))
      )
      const fibers = yield* Effect.forEach([1, 2, 3], () =>
        Effect.forkChild(Effect.scoped(run({ replayable: false, deadline: 1e9 }, busy)))
      )
      yield* Effect.yieldNow
      yield* TestClock.adjust(1)
      assert.strictEqual(running, 2)
      const exit = yield* Effect.exit(Effect.andThen(Fiber.interrupt(fibers[0]!), Effect.void))
      assert.isTrue(Exit.isSuccess(exit))
      yield* TestClock.adjust(1)
      assert.strictEqual(running, 2)
      yield* Fiber.interruptAll(fibers)
      assert.strictEqual(running, 0)
    })
  )
})
