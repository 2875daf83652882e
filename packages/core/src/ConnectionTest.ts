/**
 * What a connection test says: a result per stage, each with the option to blame and the way out.
 *
 * A test passes if no stage failed, and what it reported as passed works afterwards. It never creates a container,
 * never needs the right to list all of them, and leaves nothing behind.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { ErrorCode } from "./errorCodes.ts"
import type { StorageError } from "./StorageError.ts"
import { type Reason } from "./StorageError.ts"

/** In the order in which they run. `write` only runs when asked for. */
export const stageNames = ["resolve", "connect", "tls", "authenticate", "list", "read", "write"] as const
/** One of `stageNames`. */
export type StageName = (typeof stageNames)[number]

/** `unverified`: it could not be told either way, for instance since the key may not list all containers. */
export type Outcome = "passed" | "failed" | "skipped" | "unverified"

/** The result of one stage. */
export interface Stage {
  readonly stage: StageName
  readonly outcome: Outcome
  readonly code?: ErrorCode
  /** JSON pointer to the option to blame, as `#/endpoint`. */
  readonly pointer?: string
  readonly detail?: string
  readonly suggestion?: string
  /** Milliseconds. */
  readonly duration: number
  /** The provider's own id of the request that showed it. */
  readonly requestId?: string
}

/** Where and how far to test. */
export interface TestOptions {
  /** A container or a prefix in it; without it a narrow key leaves `list` unverified. */
  readonly at?: ReadonlyArray<string>
  /** Whether to write and remove an object at `at`. */
  readonly write?: boolean
}

/** A stage with this outcome, from the reason that showed it. */
export const stageOf = (stage: StageName, outcome: Outcome, duration: number, reason?: Reason): Stage => ({
  stage,
  outcome,
  duration,
  ...(reason && { code: reason._tag, detail: reason.detail }),
  ...(reason?.pointer !== undefined && { pointer: reason.pointer }),
  ...(reason?.suggestion !== undefined && { suggestion: reason.suggestion }),
  ...(reason?.requestId !== undefined && { requestId: reason.requestId })
})

/** Runs one stage: passed with its value, or failed with the error, and how long it took. */
export const runStage = Effect.fnUntraced(function* <A, R>(
  stage: StageName,
  effect: Effect.Effect<A, StorageError, R>
): Effect.fn.Return<{ readonly stage: Stage; readonly value?: A; readonly error?: StorageError }, never, R> {
  const started = yield* Clock.currentTimeMillis
  const result = yield* Effect.result(effect)
  const duration = (yield* Clock.currentTimeMillis) - started
  return result._tag === "Success"
    ? { stage: stageOf(stage, "passed", duration), value: result.success }
    : { stage: stageOf(stage, "failed", duration, result.failure.reason), error: result.failure }
})

/** The first stage that failed, or undefined: then the test passed. */
export const failedStage = (stages: ReadonlyArray<Stage>): Stage | undefined =>
  stages.find(({ outcome }) => outcome === "failed")
