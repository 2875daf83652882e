import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Random from "effect/Random"
import * as TestClock from "effect/testing/TestClock"
import { makeCalls } from "../../src/Call.ts"
import { makeAdaptiveLimit } from "../../src/call/adaptiveLimit.ts"
import { StorageError, type ReasonFields } from "../../src/StorageError.ts"

const slowDown = (fields: ReasonFields = {}) => StorageError.of("rate_limited", "slow down", fields)

/** A provider that serves so many requests a second, saving up at most a second's worth, and refuses the others. */
const makeProvider = (perSecond: number, latency: number) => {
  const asked: Array<number> = []
  const served: Array<number> = []
  const provider = { perSecond, asked, served, running: 0, most: 0 }
  let left = perSecond
  let last = 0
  const request = Effect.gen(function* () {
    const now = yield* Clock.currentTimeMillis
    left = Math.min(provider.perSecond, left + ((now - last) * provider.perSecond) / 1000)
    last = now
    asked.push(now)
    provider.running += 1
    provider.most = Math.max(provider.most, provider.running)
    const accepted = left >= 1
    if (accepted) left -= 1
    yield* Effect.sleep(latency)
    if (!accepted) return yield* slowDown()
    served.push(now)
  }).pipe(Effect.ensuring(Effect.sync(() => (provider.running -= 1))))
  return { provider, request }
}

const between = (times: ReadonlyArray<number>, from: number, to: number) =>
  times.filter((time) => time >= from * 1000 && time < to * 1000).length

const policy = { concurrency: 64, retries: 10, deadline: 120_000 }

describe("the adaptive limit", () => {
  it.effect.each([
    [5, 20],
    [20, 50],
    [50, 10],
    [100, 200],
    [200, 100]
  ] as const)("settles for a provider of %i requests a second that take %i ms", ([perSecond, latency]) =>
    Effect.gen(function* () {
      const { provider, request } = makeProvider(perSecond, latency)
      const calls = yield* makeCalls(policy)
      const exits: Array<Exit.Exit<void, StorageError>> = []
      const worker = calls.run({ replayable: true }, request).pipe(
        Effect.scoped,
        Effect.exit,
        Effect.tap((exit) => Effect.sync(() => exits.push(exit))),
        Effect.forever
      )
      yield* Effect.forkChild(
        Effect.all(
          Array.from({ length: 64 }, () => worker),
          { concurrency: "unbounded" }
        )
      )
      yield* TestClock.adjust("120 seconds")
      const sent = between(provider.asked, 30, 120) / 90
      const served = between(provider.served, 30, 120) / 90
      // neither hammers nor starves
      assert.isBelow(sent, perSecond * 1.25, `${sent} sent, ${served} served`)
      assert.isAbove(served, perSecond * 0.9, `${sent} sent, ${served} served`)
      assert.isTrue(exits.every(Exit.isSuccess), `${exits.filter(Exit.isFailure).length} of ${exits.length} gave up`)
    }).pipe(Random.withSeed("load"))
  )

  it.effect("uses everything again after the provider recovered", () =>
    Effect.gen(function* () {
      const { provider, request } = makeProvider(10, 100)
      const calls = yield* makeCalls({ ...policy, concurrency: 16 })
      const worker = Effect.forever(Effect.exit(Effect.scoped(calls.run({ replayable: true }, request))))
      yield* Effect.forkChild(
        Effect.all(
          Array.from({ length: 16 }, () => worker),
          { concurrency: "unbounded" }
        )
      )
      yield* TestClock.adjust("30 seconds")
      provider.most = 0
      yield* TestClock.adjust("30 seconds")
      assert.isBelow(provider.most, 16)
      provider.perSecond = 1_000_000
      yield* TestClock.adjust("30 seconds")
      assert.strictEqual(provider.most, 16)
      // 16 at once that take 100 ms
      assert.strictEqual(between(provider.served, 85, 90), 5 * 160)
    }).pipe(Random.withSeed("load"))
  )

  it.effect("is halved once by calls that were refused together", () =>
    Effect.gen(function* () {
      const limit = yield* makeAdaptiveLimit(8, 1_000)
      const refused = Effect.exit(limit.withTurn(Effect.andThen(Effect.sleep(10), Effect.fail(slowDown()))))
      yield* Effect.forkChild(
        Effect.all(
          Array.from({ length: 8 }, () => refused),
          { concurrency: "unbounded" }
        )
      )
      yield* TestClock.adjust(10)
      let running = 0
      const held = limit.withTurn(
        Effect.andThen(
          Effect.sync(() => (running += 1)),
          Effect.never
        )
      )
      yield* Effect.forkChild(
        Effect.all(
          Array.from({ length: 8 }, () => held),
          { concurrency: "unbounded" }
        )
      )
      yield* TestClock.adjust(1_000)
      assert.strictEqual(running, 4)
    })
  )

  it.effect("rises with what is not worth another try, which is an answer like any other", () =>
    Effect.gen(function* () {
      const limit = yield* makeAdaptiveLimit(8, 1_000)
      yield* Effect.exit(limit.withTurn(Effect.fail(slowDown())))
      const missing = Effect.exit(limit.withTurn(Effect.fail(StorageError.of("not_found", "nothing"))))
      yield* Effect.replicateEffect(missing, 16)
      let running = 0
      const held = limit.withTurn(
        Effect.andThen(
          Effect.sync(() => (running += 1)),
          Effect.never
        )
      )
      yield* Effect.forkChild(
        Effect.all(
          Array.from({ length: 8 }, () => held),
          { concurrency: "unbounded" }
        )
      )
      yield* TestClock.adjust(1_000)
      assert.strictEqual(running, 5)
    })
  )

  it.effect.each([
    ["rate_limited", 2_000, 2_000],
    ["provider_unavailable", 2_000, 2_000],
    ["provider_unavailable", undefined, 0],
    ["timeout", 2_000, 0],
    ["rate_limited", 86_400_000, 60_000]
  ] as const)("after %s with Retry-After %s other calls wait %i ms", ([code, retryAfter, expected]) =>
    Effect.gen(function* () {
      const limit = yield* makeAdaptiveLimit(8, 60_000)
      const fields = retryAfter === undefined ? {} : { retryAfter }
      yield* Effect.exit(limit.withTurn(Effect.fail(StorageError.of(code, "no", fields))))
      const other = yield* Effect.forkChild(limit.withTurn(Clock.currentTimeMillis))
      yield* TestClock.adjust("1 hour")
      assert.strictEqual(yield* Fiber.join(other), expected)
    })
  )

  it.effect("an interruption frees the turn, also in a pause and while waiting for it", () =>
    Effect.gen(function* () {
      const limit = yield* makeAdaptiveLimit(1, 60_000)
      const interrupted = Effect.fnUntraced(function* (fiber: Fiber.Fiber<unknown, unknown>) {
        yield* TestClock.adjust(1)
        assert.isUndefined(fiber.pollUnsafe())
        yield* Fiber.interrupt(fiber)
      })
      const running = yield* Effect.forkChild(limit.withTurn(Effect.never))
      yield* TestClock.adjust(1)
      yield* interrupted(yield* Effect.forkChild(limit.withTurn(Effect.void)))
      yield* interrupted(running)
      yield* Effect.exit(limit.withTurn(Effect.fail(slowDown({ retryAfter: 10_000 }))))
      yield* interrupted(yield* Effect.forkChild(limit.withTurn(Effect.void)))
      const last = yield* Effect.forkChild(limit.withTurn(Effect.succeed("mine")))
      yield* TestClock.adjust(10_000)
      assert.strictEqual(yield* Fiber.join(last), "mine")
    })
  )
})
