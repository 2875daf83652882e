import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import * as TestClock from "effect/testing/TestClock"
import { makeCalls } from "../src/Call.ts"
import { StorageError, type ReasonFields } from "../src/StorageError.ts"

const replayable = { replayable: true }
const policy = { concurrency: 2, retries: 3, deadline: 60_000 }

/** Fails so many times, then succeeds; `at` holds when it was tried. */
const flaky = (failures: number, fields: ReasonFields = {}) => {
  const at: Array<number> = []
  const attempt = Effect.gen(function* () {
    at.push(yield* Clock.currentTimeMillis)
    if (at.length <= failures) return yield* StorageError.of("provider_unavailable", "down", fields)
    return "done"
  })
  return { at, attempt }
}

/**
 * Runs to the end, however much virtual time it takes. In small steps, since a clock that leaps while the fiber has yet
 * to go to sleep takes it past its deadline.
 */
const finish = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(Effect.exit(effect))
    while (fiber.pollUnsafe() === undefined) yield* TestClock.adjust(100)
    return yield* Fiber.join(fiber)
  })

const codeOf = (exit: Exit.Exit<unknown, StorageError>) => {
  const reason = Exit.isFailure(exit) ? exit.cause.reasons[0] : undefined
  return reason?._tag === "Fail" ? reason.error.reason._tag : reason?._tag
}

describe("Call", () => {
  it.effect("tries again until it succeeds, later each time", () =>
    Effect.gen(function* () {
      const calls = yield* makeCalls(policy)
      const { at, attempt } = flaky(3)
      const exit = yield* finish(Effect.scoped(calls.run(replayable, attempt)))
      assert.deepStrictEqual(exit, Exit.succeed("done"))
      // full jitter: each wait is less than its ceiling
      const waits = at.slice(1).map((time, index) => time - (at[index] ?? 0))
      assert.isTrue(
        waits.every((wait, index) => wait <= 100 * 2 ** index),
        waits.join()
      )
    }).pipe(Random.withSeed("seed"))
  )

  it.effect.each([
    ["its tries are used up", { ...policy, retries: 2 }, replayable, {}, 3],
    ["its body exists once", policy, { replayable: false }, {}, 1],
    ["the error is not retryable", policy, replayable, { retryable: false }, 1],
    ["the provider asks for more time than is left", policy, replayable, { retryAfter: 60_000 }, 1]
  ] as const)("fails with the last error when %s", ([, used, options, fields, tries]) =>
    Effect.gen(function* () {
      const calls = yield* makeCalls(used)
      const { at, attempt } = flaky(10, fields)
      assert.strictEqual(codeOf(yield* finish(Effect.scoped(calls.run(options, attempt)))), "provider_unavailable")
      assert.lengthOf(at, tries)
    })
  )

  it.effect("waits as long as the provider asks", () =>
    Effect.gen(function* () {
      const calls = yield* makeCalls(policy)
      const { at, attempt } = flaky(1, { retryAfter: 5_000 })
      yield* finish(Effect.scoped(calls.run(replayable, attempt)))
      assert.deepStrictEqual(at, [0, 5_000])
    })
  )

  it.effect("ends at the deadline, the call's own if it has one", () =>
    Effect.gen(function* () {
      const calls = yield* makeCalls(policy)
      const fiber = yield* Effect.forkChild(
        Effect.exit(Effect.scoped(calls.run({ ...replayable, deadline: 1_000 }, Effect.never)))
      )
      yield* TestClock.adjust(999)
      assert.isUndefined(fiber.pollUnsafe())
      yield* TestClock.adjust(1)
      assert.strictEqual(codeOf(yield* Fiber.join(fiber)), "timeout")
    })
  )

  it.effect("the deadline covers waiting for a turn", () =>
    Effect.gen(function* () {
      const calls = yield* makeCalls({ ...policy, concurrency: 1 })
      yield* Effect.forkChild(Effect.scoped(calls.run({ ...replayable, deadline: 50_000 }, Effect.never)))
      const waiting = yield* Effect.forkChild(
        Effect.exit(Effect.scoped(calls.run({ ...replayable, deadline: 1_000 }, Effect.void)))
      )
      yield* TestClock.adjust(1_000)
      assert.strictEqual(codeOf(yield* Fiber.join(waiting)), "timeout")
    })
  )

  it.effect("runs no more at the same time than the policy says", () =>
    Effect.gen(function* () {
      const calls = yield* makeCalls(policy)
      let running = 0
      let most = 0
      const attempt = Effect.gen(function* () {
        most = Math.max(most, (running += 1))
        yield* Effect.sleep(10)
        running -= 1
      })
      const all = Array.from({ length: 9 }, () => Effect.scoped(calls.run(replayable, attempt)))
      yield* finish(Effect.all(all, { concurrency: "unbounded" }))
      assert.strictEqual(most, 2)
    })
  )

  it.effect("gives the turn away while it waits for the next try", () =>
    Effect.gen(function* () {
      const calls = yield* makeCalls({ ...policy, concurrency: 1 })
      const slow = Effect.fail(StorageError.of("timeout", "slow", { retryAfter: 10_000 }))
      yield* Effect.forkChild(Effect.exit(Effect.scoped(calls.run(replayable, slow))))
      const other = yield* Effect.forkChild(Effect.scoped(calls.run(replayable, Effect.succeed("meanwhile"))))
      yield* TestClock.adjust(1)
      assert.strictEqual(yield* Fiber.join(other), "meanwhile")
    })
  )

  it.effect("releases what a failed attempt held before the next, and the last one's with the caller's Scope", () =>
    Effect.gen(function* () {
      const calls = yield* makeCalls(policy)
      const log: Array<string> = []
      let tries = 0
      const attempt = Effect.gen(function* () {
        const name = `${(tries += 1)}`
        yield* Effect.acquireRelease(
          Effect.sync(() => log.push(`open ${name}`)),
          () => Effect.sync(() => log.push(`close ${name}`))
        )
        if (tries < 3) return yield* StorageError.of("rate_limited", "slowly")
      })
      const call = Effect.andThen(
        calls.run(replayable, attempt),
        Effect.sync(() => log.push("used"))
      )
      yield* finish(Effect.scoped(call))
      assert.deepStrictEqual(log, ["open 1", "close 1", "open 2", "close 2", "open 3", "used", "close 3"])
    })
  )

  it.effect("an interruption ends the attempt and what it held, and is not tried again", () =>
    Effect.gen(function* () {
      const calls = yield* makeCalls({ ...policy, concurrency: 1 })
      const log: Array<string> = []
      const attempt = Effect.andThen(
        Effect.acquireRelease(
          Effect.sync(() => log.push("open")),
          () => Effect.sync(() => log.push("close"))
        ),
        Effect.never
      )
      const fiber = yield* Effect.forkChild(Effect.scoped(calls.run(replayable, attempt)))
      yield* TestClock.adjust(10)
      yield* Fiber.interrupt(fiber)
      assert.deepStrictEqual(log, ["open", "close"])
      assert.strictEqual(yield* Effect.scoped(calls.run(replayable, Effect.succeed("free again"))), "free again")
    })
  )

  it.effect("a defect passes as it is", () =>
    Effect.gen(function* () {
      const calls = yield* makeCalls(policy)
      let tries = 0
      const exit = yield* finish(
        Effect.scoped(
          calls.run(
            replayable,
            Effect.suspend(() => Effect.die(`bug ${(tries += 1)}`))
          )
        )
      )
      assert.deepStrictEqual(exit, Exit.die("bug 1"))
    })
  )
})
