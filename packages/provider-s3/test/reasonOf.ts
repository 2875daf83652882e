/**
 * The reason that an effect fails with.
 */
import type { StorageError } from "@mooring/core"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"

/** The reason of the failure; a success fails the test. */
export const reasonOf = <A, R>(effect: Effect.Effect<A, StorageError, R>) =>
  Effect.map(Effect.result(effect), (result) =>
    result._tag === "Failure" ? result.failure.reason : assert.fail("should have failed")
  )
