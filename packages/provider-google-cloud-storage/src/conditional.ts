/**
 * Calls with a condition on what is replaced. Their own success would make a second try fail, so one whose answer was
 * lost is not made again; one that certainly did nothing is.
 *
 * Source: https://cloud.google.com/storage/docs/retry-strategy
 */
import { StorageError } from "@mooring/core"
import type { Attempt } from "@mooring/core/Attempts"
import type { ErrorCode } from "@mooring/core/errorCodes"
import * as Effect from "effect/Effect"
import type { Query } from "./api/address.ts"
import type { StorageClient } from "./api/StorageClient.ts"

/** The service says that it did not begin. */
const undone: ReadonlyArray<number> = [408, 429, 503]

/** Nothing was sent. */
const unsent: ReadonlyArray<ErrorCode> = ["dns_failed", "connect_refused"]

const didNothing = ({ reason: { _tag: code, status } }: StorageError): boolean =>
  status === undefined ? unsent.includes(code) : undone.includes(status)

/**
 * How a call is tried under these conditions. Without any it is repeated as usual: it ends in the same state however
 * often it is made.
 */
export const tried =
  (client: StorageClient, conditions: Query) =>
  <A>(attempt: Attempt<A>, bytes?: number): Effect.Effect<A, StorageError> =>
    Object.keys(conditions).length === 0
      ? client.repeated(attempt, bytes)
      : client.repeated(
          Effect.mapError(attempt, (error) =>
            didNothing(error) ? error : StorageError.with(error, { retryable: false })
          ),
          bytes
        )
