/**
 * The option to blame and the way out for each reason, as rows of a table: a provider writes those of its own options
 * and takes those that hold for all.
 */
import type { ErrorCode } from "../errorCodes.ts"
import { StorageError, type Reason } from "../StorageError.ts"
import { isHandshake } from "./handshake.ts"

/** What to say of reasons with one of the codes. */
export interface Advice<Settings> {
  readonly codes: ReadonlyArray<ErrorCode>
  /** What else must hold; true if absent. */
  readonly when?: (settings: Settings, reason: Reason) => boolean
  /** The option to blame, as `#/endpoint`. */
  readonly pointer?: string | ((settings: Settings) => string | undefined)
  readonly suggestion: string
}

/** Of a service that answered nothing; `pointer` is the option with its address. */
export const addressAdvice = <Settings>(pointer: Advice<Settings>["pointer"]): ReadonlyArray<Advice<Settings>> => {
  const row = (
    codes: ReadonlyArray<ErrorCode>,
    suggestion: string,
    holds: (reason: Reason) => boolean = () => true
  ): Advice<Settings> => ({
    codes,
    suggestion,
    when: (_, reason) => holds(reason),
    ...(pointer !== undefined && { pointer })
  })
  return [
    row(["dns_failed"], "a host name that exists; check it for slips"),
    row(["provider_unavailable"], "a service that speaks TLS 1.2 or newer", ({ providerCode = "" }) =>
      /_PROTOCOL_VERSION$|_UNSUPPORTED_PROTOCOL$/.test(providerCode)
    ),
    row(
      ["provider_unavailable"],
      "a service that speaks HTTP/1.1, besides or instead of HTTP/2",
      ({ providerCode = "" }) => providerCode.endsWith("_NO_APPLICATION_PROTOCOL")
    ),
    row(["provider_unavailable"], "an address and port at which the service answers in TLS", isHandshake),
    row(
      ["connect_refused", "timeout", "provider_unavailable"],
      "an address and port at which the service answers",
      ({ status }) => status === undefined
    ),
    row(["egress_denied"], "an address that the operator of Mooring permits"),
    row(["tls_hostname"], "an endpoint by a name that its certificate is for"),
    row(
      ["tls_untrusted"],
      "a service whose certificate is of a known authority; NODE_EXTRA_CA_CERTS adds one for all of Mooring"
    ),
    row(["tls_expired"], "a service with a valid certificate; or set the clock of this machine if it is ahead")
  ]
}

/** Of what no option can mend. */
export const generalAdvice: ReadonlyArray<Advice<unknown>> = [
  { codes: ["clock_skew"], suggestion: "set the clock of the machine on which Mooring runs" },
  { codes: ["not_a_directory"], suggestion: "the directory around it" },
  { codes: ["quota_exceeded", "no_space"], suggestion: "free space, or ask the operator of the service for more" },
  { codes: ["rate_limited"], suggestion: "try again later: the service is asked too often" },
  {
    codes: ["integrity_error"],
    suggestion: "look for a proxy or filter on the way that damages answers, or ask the operator of the service"
  }
]

const anything = "try again; if it stays, ask the operator of the service"

/**
 * Gives errors a pointer and a suggestion by the first row that fits. What an error says itself is kept; one that has a
 * suggestion and no pointer blames no option.
 */
export const adviser =
  <Settings>(table: ReadonlyArray<Advice<Settings>>) =>
  (settings: Settings, error: StorageError): StorageError => {
    const { reason } = error
    if (reason.suggestion !== undefined) return error
    const row = table.find(
      ({ codes, when }) => codes.includes(reason._tag) && (when === undefined || when(settings, reason))
    )
    const own = typeof row?.pointer === "function" ? row.pointer(settings) : row?.pointer
    const pointer = reason.pointer ?? own
    return StorageError.with(error, {
      suggestion: row?.suggestion ?? anything,
      ...(pointer !== undefined && { pointer })
    })
  }
