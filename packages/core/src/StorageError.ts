/**
 * The one error of every storage operation: a tagged error with a tagged reason.
 *
 * A reason is plain data made from an allow-list of fields. The error object of a library is never passed on or kept
 * as a cause: such objects carry signed URLs, headers and secrets. Plain data also crosses from a plugin with its own
 * copy of effect, where `instanceof` says no: ask `StorageError.is`.
 */
import * as Data from "effect/Data"
import * as Predicate from "effect/Predicate"
import { errorCodes, isErrorCode, type ErrorCode } from "./errorCodes.ts"

/** Why an operation failed. `detail` and `suggestion` are safe to show: they hold no secret and no foreign text. */
export interface Reason {
  readonly _tag: ErrorCode
  /** One sentence about this occurrence. */
  readonly detail: string
  /** JSON pointer to the option to blame, as `#/endpoint`. */
  readonly pointer?: string
  /** A value or action that would help. */
  readonly suggestion?: string
  /** Whether the same call may succeed later; the table's answer unless the provider knows better. */
  readonly retryable: boolean
  /** How long the provider asked to wait, in milliseconds. */
  readonly retryAfter?: number
  /** The provider's own answer: HTTP status, error code and request id. */
  readonly status?: number
  readonly providerCode?: string
  readonly requestId?: string
}

/** The members of a reason that a caller may add to code and detail. */
export type ReasonFields = Partial<Omit<Reason, "_tag" | "detail">>

/** The error; `reason` says all that there is to know. */
export class StorageError extends Data.TaggedError("StorageError")<{ readonly reason: Reason }> {
  override get message(): string {
    return `${this.reason._tag}: ${this.reason.detail}`
  }

  /** An error with this code; retryable as the table says unless a field says otherwise. */
  static of(code: ErrorCode, detail: string, fields: ReasonFields = {}): StorageError {
    return new StorageError({ reason: { _tag: code, detail, retryable: errorCodes[code].retryable, ...fields } })
  }

  /** The same error with more fields: a stage adds the option to blame, a provider its request id. */
  static with(error: StorageError, fields: ReasonFields): StorageError {
    return new StorageError({ reason: { ...error.reason, ...fields } })
  }

  /** Whether a value is a StorageError of this or another copy of core. */
  static is(value: unknown): value is StorageError {
    return (
      Predicate.isTagged(value, "StorageError") &&
      Predicate.hasProperty(value, "reason") &&
      Predicate.hasProperty(value.reason, "_tag") &&
      Predicate.isString(value.reason._tag) &&
      isErrorCode(value.reason._tag)
    )
  }

  /** Any thrown value as a StorageError: itself if it is one, else `internal` with nothing of the value in it. */
  static from(value: unknown): StorageError {
    return StorageError.is(value) ? value : StorageError.of("internal", "an unexpected error was raised")
  }
}
