/**
 * Credentials that are read at each signature, so that new ones reach an open store, and that are fetched once for all
 * who wait.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { StorageError } from "./StorageError.ts"

/** Credentials as a store uses them. */
export interface Credentials<A> {
  /** The credentials in force. */
  readonly get: Effect.Effect<A, StorageError>
  /** These were refused. Names the value, so that many refusals of one value fetch one new value. */
  readonly invalidate: (refused: A) => Effect.Effect<void>
}

/** Credentials that are known: settings that may be swapped. There is nothing to fetch anew. */
export const constant = <A>(get: Effect.Effect<A, StorageError>): Credentials<A> => ({
  get,
  invalidate: () => Effect.void
})

/** How long what a source gives is used. */
export interface SourceOptions<A> {
  /** When a value expires, in milliseconds since 1970; undefined is never. */
  readonly expires?: (value: A) => number | undefined
  /** How long before that it is fetched anew, in milliseconds. */
  readonly margin?: number
}

const forever = 365 * 24 * 3_600_000

/**
 * Credentials that a call fetches: one call at a time, however many wait, and an interruption of who started it leaves
 * the others waiting for it. A failure is never kept.
 */
export const fromSource = <A>(
  source: Effect.Effect<A, StorageError>,
  { expires = () => undefined, margin = 60_000 }: SourceOptions<A> = {}
): Effect.Effect<Credentials<A>> =>
  Effect.gen(function* () {
    let current: A | undefined
    let runs = 0
    const [cached, clear] = yield* Effect.cachedInvalidateWithTTL(
      Effect.gen(function* () {
        const run = (runs += 1)
        current = undefined
        const value = yield* source
        // a run that was overtaken by a newer one answers those who wait for it and is forgotten
        if (run === runs) current = value
        const end = expires(value)
        const lives = end === undefined ? forever : end - margin - (yield* Clock.currentTimeMillis)
        return { value, lives: Math.max(0, lives) }
      }),
      (exit) => (Exit.isSuccess(exit) ? exit.value.lives : 0)
    )
    return {
      get: Effect.map(cached, ({ value }) => value),
      invalidate: (refused) =>
        Effect.suspend(() => {
          if (current !== refused) return Effect.void
          current = undefined
          return clear
        })
    }
  })
