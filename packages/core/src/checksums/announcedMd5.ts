/**
 * The MD5 that the caller of a write announces for the whole body, in lower-case hex.
 */
import * as Effect from "effect/Effect"
import { StorageError } from "../StorageError.ts"

const notHex = StorageError.of("invalid_value", "an MD5 is 32 digits of lower-case hex")

/** Fails with `invalid_value` if what is announced cannot be an MD5, before anything is sent. */
export const requireHex = (announced: string | undefined): Effect.Effect<void, StorageError> =>
  announced === undefined || /^[0-9a-f]{32}$/.test(announced) ? Effect.void : Effect.fail(notHex)

const otherMd5 = StorageError.of("integrity_error", "the body has another MD5 than was announced")

/** Fails with `integrity_error` unless the body has the MD5 that was announced, if one was. */
export const requireMd5 = (announced: string | undefined, found: string): Effect.Effect<void, StorageError> =>
  announced === undefined || announced === found ? Effect.void : Effect.fail(otherMd5)
