/**
 * What a refusal means to somebody who connects. A store that is open trusts that a store answers; here nothing is known
 * of the service yet, so its answer is looked at for signs of Azure.
 */
import { StorageError } from "@mooring/core"
import { notAStore } from "../wire.ts"

/** Statuses with which a gateway before a store refuses, in its own words. */
const gatewayStatuses: ReadonlyArray<number> = [407, 408, 413, 429]

/** Azure gives a code and the id of the request with every refusal. */
const isForeign = ({ reason: { status = 0, providerCode, requestId } }: StorageError): boolean =>
  status >= 300 &&
  status < 500 &&
  !gatewayStatuses.includes(status) &&
  providerCode === undefined &&
  requestId === undefined

/** The error of a listing as it is to be understood, by what was answered alone. */
export const readAgain = (error: StorageError): StorageError => {
  const { _tag: code, status = 0, providerCode } = error.reason
  if (status === 503 && providerCode === undefined) {
    return StorageError.of("provider_unavailable", "the service is not available now", {
      status,
      suggestion: "try again later: the service, or what is before it, is overloaded or being maintained"
    })
  }
  // A skewed clock is the one thing that headers alone tell.
  if (!isForeign(error) || code === "not_a_storage_endpoint" || code === "clock_skew") return error
  const detail =
    status < 400
      ? "the service redirects to another address"
      : `what refuses the request with status ${status} does not answer as Azure`
  return StorageError.with(notAStore(detail), { status })
}
