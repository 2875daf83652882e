/**
 * The calls of one store as its operations make them: repeated, opened as a stream, or tried once; each once more where
 * credentials were refused and there are others by now.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { makeCalls, type CallPolicy } from "./Call.ts"
import type { Credentials } from "./Credentials.ts"
import type { StorageError } from "./StorageError.ts"

/** One try. What it answers with may live in the Scope. */
export type Attempt<A> = Effect.Effect<A, StorageError, Scope.Scope>

/** How the operations of a store make their calls. */
export interface Attempts {
  /** Repeats an attempt as its errors permit. `bytes` are those it sends, for which it gets more time. */
  readonly repeated: <A>(attempt: Attempt<A>, bytes?: number) => Effect.Effect<A, StorageError>
  /** The same for an attempt whose answer is a stream: it lives in the caller's Scope. */
  readonly opened: <A>(attempt: Attempt<A>) => Attempt<A>
  /** Tries once: the body exists once, or doing it twice would not be the same. */
  readonly once: <A>(attempt: Attempt<A>, bytes?: number) => Effect.Effect<A, StorageError>
}

/** Which credentials the errors of attempts have refused. */
export interface Refusals<Value> {
  /** The error of an attempt refused these credentials: they are asked for anew before the next. */
  readonly note: (error: StorageError, refused: Value, credentials: Credentials<Value>) => Effect.Effect<void>
}

/** Of stores that are open. */
export const storePolicy: CallPolicy = { concurrency: 64, retries: 8, deadline: 300_000 }

/** Of connection tests: a person waits for the answer. */
export const testPolicy: CallPolicy = { concurrency: 4, retries: 1, deadline: 20_000 }

/** The slowest upload that is waited for, in bytes per millisecond: 16 KiB/s. */
const slowest = 16

/** The longest that a timer of the platform runs. */
const longest = 2 ** 31 - 1

/**
 * The attempts of one store under a policy, and where it notes refusals. `isOther` tells credentials from those that
 * were refused; without it they are told apart by identity.
 */
export const makeAttempts = Effect.fnUntraced(function* <Value>(
  policy: CallPolicy,
  isOther: (now: Value, refused: Value) => boolean = (now, refused) => now !== refused
): Effect.fn.Return<{ readonly attempts: Attempts; readonly refusals: Refusals<Value> }> {
  const calls = yield* makeCalls(policy)
  /** Whether there are other credentials by now than those that an error refused. */
  const replaced = new WeakMap<StorageError, Effect.Effect<boolean, StorageError>>()

  const renewed = <A, R>(effect: Effect.Effect<A, StorageError, R>): Effect.Effect<A, StorageError, R> =>
    Effect.catch(effect, (error) =>
      Effect.flatMap(replaced.get(error) ?? Effect.succeed(false), (others) => (others ? effect : Effect.fail(error)))
    )

  const deadlineFor = (bytes = 0) => ({ deadline: Math.min(longest, policy.deadline + bytes / slowest) })

  return {
    attempts: {
      repeated: (attempt, bytes) =>
        Effect.scoped(renewed(calls.run({ replayable: true, ...deadlineFor(bytes) }, attempt))),
      opened: (attempt) => renewed(calls.run({ replayable: true }, attempt)),
      once: (attempt, bytes) => Effect.scoped(calls.run({ replayable: false, ...deadlineFor(bytes) }, attempt))
    },
    refusals: {
      note: (error, refused, credentials) => {
        replaced.set(
          error,
          Effect.map(credentials.get, (now) => isOther(now, refused))
        )
        return credentials.invalidate(refused)
      }
    }
  }
})
