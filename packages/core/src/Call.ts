/**
 * One remote call with its policy: how often it is tried, how long it may take, how many run at once.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Random from "effect/Random"
import * as Result from "effect/Result"
import * as Scope from "effect/Scope"
import { makeAdaptiveLimit } from "./call/adaptiveLimit.ts"
import { StorageError } from "./StorageError.ts"

/** How patient and how busy the calls of one store may be. */
export interface CallPolicy {
  /**
   * Calls at the same time; fewer while the provider asks for fewer. A call that answers with a stream counts until its
   * headers are here.
   */
  readonly concurrency: number
  /** Tries after the first. */
  readonly retries: number
  /** Milliseconds from the first try to the last answer. */
  readonly deadline: number
}

/** For stores whose provider has no reason for another. */
export const defaultPolicy: CallPolicy = { concurrency: 64, retries: 10, deadline: 120_000 }

/** What is particular to one call. */
export interface CallOptions {
  /** Whether the same call may be made again: its body is empty, buffered, or can be opened again. */
  readonly replayable: boolean
  /** Milliseconds, instead of the policy's. */
  readonly deadline?: number
}

/** The calls of one store. */
export interface Calls {
  /**
   * Runs an attempt until it succeeds, fails with what is not retryable, or time or tries are used up. What a failed
   * attempt held is released before the next; what the last one holds lives in the caller's Scope.
   */
  readonly run: <A, R>(
    options: CallOptions,
    attempt: Effect.Effect<A, StorageError, R>
  ) => Effect.Effect<A, StorageError, Exclude<R, Scope.Scope> | Scope.Scope>
}

const firstDelay = 100
const longestDelay = 30_000

/** Milliseconds before try `tries + 1`: full jitter over an exponential, or longer if the provider asked for it. */
const delayOf = (tries: number, retryAfter = 0) =>
  Effect.map(Random.next, (random) => Math.max(retryAfter, random * Math.min(longestDelay, firstDelay * 2 ** tries)))

/** An attempt in a Scope of its own, which becomes part of the caller's if it succeeds and is closed if not. */
const inOwnScope = <A, R>(attempt: Effect.Effect<A, StorageError, R>) =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const parent = yield* Scope.Scope
      const own = yield* Scope.fork(parent)
      const exit = yield* Effect.exit(restore(Scope.provide(attempt, own)))
      if (Exit.isFailure(exit)) yield* Scope.close(own, exit)
      return yield* exit
    })
  )

const timedOut = (deadline: number) =>
  StorageError.of("timeout", `there was no answer within ${Math.round(deadline / 1000)} s`)

/**
 * Calls under a policy; one for each open store, whose calls slow down together when the provider asks for it. The
 * deadline covers waiting for a turn and between tries. A provider's `Retry-After` stops other calls for half of it at
 * most, so that one which comes meanwhile can still be made.
 */
export const makeCalls = (policy: CallPolicy = defaultPolicy): Effect.Effect<Calls> =>
  Effect.map(makeAdaptiveLimit(policy.concurrency, policy.deadline / 2), (limit) => {
    /** A failure that leaves time and tries is waited out; any other is answered. */
    const waitAfter = (tries: number, end: number) =>
      Effect.fnUntraced(function* (error: StorageError) {
        const delay = yield* delayOf(tries, error.reason.retryAfter)
        const late = (yield* Clock.currentTimeMillis) + delay >= end
        if (!error.reason.retryable || tries >= policy.retries || late) return yield* error
        yield* Effect.sleep(delay)
      })

    return {
      run: Effect.fnUntraced(function* ({ replayable, deadline = policy.deadline }, attempt) {
        const end = (yield* Clock.currentTimeMillis) + deadline
        const once = inOwnScope(limit.withTurn(attempt))
        for (let tries = 0; ; tries += 1) {
          const left = end - (yield* Clock.currentTimeMillis)
          const result = yield* Effect.result(
            Effect.timeoutOrElse(once, { duration: left, orElse: () => Effect.fail(timedOut(deadline)) })
          )
          if (Result.isSuccess(result)) return result.success
          if (!replayable) return yield* result.failure
          yield* waitAfter(tries, end)(result.failure)
        }
      })
    }
  })
