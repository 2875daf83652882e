/**
 * The connection test of a service that is reached over a network: who asks, one listing, then an object.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { stageOf, type Stage, type TestOptions } from "../ConnectionTest.ts"
import type { ObjectStore, Page } from "../ObjectStore.ts"
import type { Path } from "../Path.ts"
import { StorageError } from "../StorageError.ts"
import type { Authentication } from "./Authentication.ts"
import { readStage, writeStage, type Reading, type Writing } from "./probes.ts"
import { firstStages, type Progress } from "./stages.ts"

/** What was done when an error came: the credentials were made known, or they were used. */
export type Phase = "identify" | "use"

/** What a provider says of its service. */
export interface RemoteTest<R> {
  /** What the first segment of a path is called, as `bucket`. */
  readonly container: string
  readonly authentication: Authentication
  /** Whether the service is reached over TLS, as far as the options tell. */
  readonly encrypted: boolean
  /** Whether `list` may be refused without a place; true unless the credentials may do everything. */
  readonly narrow?: boolean
  /**
   * Makes the credentials known, and whether the service is reached over TLS where only they tell. `accepted` says that
   * it was the service itself that took them.
   */
  readonly identify: Effect.Effect<{ readonly accepted?: boolean; readonly encrypted?: boolean }, StorageError>
  readonly listPage: ObjectStore["listPage"]
  /** Succeeds if an object is at the path. */
  readonly head: (path: Path) => Effect.Effect<unknown, StorageError>
  readonly reading: Reading
  readonly writing: Writing
  /** What one more request tells of a failure; without it the error says all. */
  readonly secondLook?: (error: StorageError, phase: Phase) => Effect.Effect<StorageError, never, R>
  /** The error with the option to blame and the way out. */
  readonly advised: (error: StorageError, phase: Phase) => StorageError
}

/** Enough that one of them can be read where some are in an archive. */
const sample = 20

/** A place with nothing below it that is the name of an object is a slip; one without even that is a new place. */
const listAt = Effect.fnUntraced(function* (
  { listPage, head }: Pick<RemoteTest<never>, "listPage" | "head">,
  at: Path
) {
  const page: Page = yield* listPage(at, { limit: sample, recursive: at.length > 0 })
  if (at.length < 2 || page.entries.length > 0) return page
  const object = yield* Effect.result(head(at))
  return Result.isFailure(object)
    ? page
    : yield* StorageError.of("not_a_directory", "an object is at this place and nothing is below it")
})

/** The stages, in their order; nothing is left behind. */
export const runRemoteTest = Effect.fnUntraced(function* <R = never>(
  test: RemoteTest<R>,
  { at = [], write = false }: TestOptions
): Effect.fn.Return<ReadonlyArray<Stage>, never, R> {
  const explained = (phase: Phase) => (error: StorageError) =>
    Effect.flatMap(test.secondLook?.(error, phase) ?? Effect.succeed(error), (told) =>
      Effect.fail(test.advised(told, phase))
    )
  const started = yield* Clock.currentTimeMillis
  const identified = yield* Effect.result(Effect.catch(test.identify, explained("identify")))
  const listed = Result.isFailure(identified)
    ? undefined
    : yield* Effect.result(Effect.catch(listAt(test, at), explained("use")))
  const duration = (yield* Clock.currentTimeMillis) - started

  const failure: Progress["failure"] = Result.isFailure(identified)
    ? { error: identified.failure, phase: "identify" }
    : listed !== undefined && Result.isFailure(listed)
      ? { error: listed.failure, phase: "list" }
      : undefined
  const { accepted = false, encrypted = test.encrypted } = Result.getOrElse(
    identified,
    (): Effect.Success<RemoteTest<R>["identify"]> => ({})
  )
  const stages = firstStages({
    duration,
    encrypted,
    accepted,
    authentication: test.authentication,
    narrow: at.length === 0 && test.narrow !== false,
    ...(failure && { failure })
  })
  if (listed === undefined || Result.isFailure(listed)) {
    const rest = write ? (["read", "write"] as const) : (["read"] as const)
    return [...stages, ...rest.map((name) => stageOf(name, "skipped", 0))]
  }
  const advised = (error: StorageError) => test.advised(error, "use")
  const reading = yield* readStage(test.reading, listed.success.entries, advised)
  if (!write) return [...stages, reading]
  return [...stages, reading, yield* writeStage(test.writing, at, test.container, advised)]
})
