/**
 * Turns for the calls of one store, as many as its provider bears.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import type { StorageError } from "../StorageError.ts"
import { fullLoad, lower, raise, type Load } from "./load.ts"

/** What gives turns out. */
export interface AdaptiveLimit {
  /** Runs a call when it is its turn; the turn ends with it, however it ends. */
  readonly withTurn: <A, R>(call: Effect.Effect<A, StorageError, R>) => Effect.Effect<A, StorageError, R>
}

/** Whether the provider asked for fewer requests; "unavailable" says so where it names the time to come back. */
const isThrottling = ({ reason }: StorageError) =>
  reason._tag === "rate_limited" || (reason._tag === "provider_unavailable" && reason.retryAfter !== undefined)

/**
 * At most so many calls at the same time, and fewer while the provider asks for fewer. The time that it asks to wait is
 * waited by all calls, not only by the one that was told; at most `longestPause` milliseconds of it.
 */
export const makeAdaptiveLimit = Effect.fnUntraced(function* (most: number, longestPause: number) {
  const turns = yield* Semaphore.make(most)
  let load = fullLoad(most)
  let pausedUntil = 0

  const change = (next: Load) => {
    const resized = next.limit !== load.limit
    load = next
    return resized ? turns.resize(next.limit) : Effect.void
  }

  /** Waits out the pause, also where it becomes longer meanwhile, and sets the next call's distance. */
  const pause = Effect.gen(function* () {
    let now = yield* Clock.currentTimeMillis
    while (now < pausedUntil) {
      yield* Effect.sleep(pausedUntil - now)
      now = yield* Clock.currentTimeMillis
    }
    pausedUntil = now + load.interval
  })

  const answered = (began: number) =>
    Effect.suspend(() => (began === load.lowered ? change(raise(load, most)) : Effect.void))

  const refused = Effect.fnUntraced(function* (error: StorageError, began: number) {
    if (isThrottling(error)) {
      const lowered = began === load.lowered ? lower(load) : load
      const wait = Math.min(longestPause, Math.max(error.reason.retryAfter ?? 0, lowered.interval))
      pausedUntil = Math.max(pausedUntil, (yield* Clock.currentTimeMillis) + wait)
      return yield* change(lowered)
    }
    // what is not worth another try is an answer like any other
    if (!error.reason.retryable) yield* answered(began)
  })

  const limit: AdaptiveLimit = {
    withTurn: (call) =>
      turns.withPermit(
        Effect.gen(function* () {
          yield* pause
          const began = load.lowered
          const watched = Effect.tapError(call, (error) => refused(error, began))
          return yield* Effect.tap(watched, () => answered(began))
        })
      )
  }
  return limit
})
