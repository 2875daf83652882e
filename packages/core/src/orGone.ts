/**
 * Removing what is not there.
 */
import * as Effect from "effect/Effect"
import type { StorageError } from "./StorageError.ts"

/** What is gone, or never was, is what the caller wants. */
export const orGone = Effect.catch((error: StorageError) =>
  error.reason._tag === "not_found" ? Effect.void : Effect.fail(error)
)
