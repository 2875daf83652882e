/**
 * From a host name to the addresses that may be connected to: resolved once, judged, and from then on pinned.
 */
import * as Effect from "effect/Effect"
import { lookup } from "node:dns/promises"
import { isIP } from "node:net"
import type { EgressPolicy } from "../EgressPolicy.ts"
import type { StorageError } from "../StorageError.ts"
import { egressDenied, transportError } from "./transportErrors.ts"

/** Answers the addresses of a host name. Fails with `dns_failed`. */
export type Lookup = (host: string) => Effect.Effect<ReadonlyArray<string>, StorageError>

/** The resolver of the operating system. */
export const systemLookup: Lookup = (host) =>
  Effect.tryPromise({
    try: () => lookup(host, { all: true, order: "verbatim" }),
    catch: (error) => transportError(error, host)
  }).pipe(Effect.map((found) => found.map(({ address }) => address)))

/**
 * The addresses of a host under a policy. One denied address among permitted ones denies the host: such an answer is
 * made to get past a check. Fails with `dns_failed` or `egress_denied`.
 */
export const resolveAddress = Effect.fnUntraced(function* (host: string, policy: EgressPolicy, resolve: Lookup) {
  const addresses = isIP(host) === 0 ? yield* resolve(host) : [host]
  if (addresses.length === 0) return yield* transportError({ code: "ENOTFOUND" }, host)
  if (!addresses.every(policy.permits)) return yield* egressDenied()
  return addresses
})
