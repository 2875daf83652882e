/**
 * The option to blame and the way out for each reason, where the error does not name them itself.
 */
import { StorageError } from "@mooring/core"
import type { ErrorCode } from "@mooring/core/errorCodes"

interface Advice {
  readonly codes: ReadonlyArray<ErrorCode>
  readonly pointer?: string
  readonly suggestion: string
}

/** The first row that fits is taken; the last fits everything. */
const table: ReadonlyArray<Advice> = [
  { codes: ["dns_failed"], pointer: "#/endpoint", suggestion: "a host name that exists, or none for Backblaze" },
  {
    codes: ["connect_refused", "timeout", "provider_unavailable"],
    pointer: "#/endpoint",
    suggestion: "an address and port at which the service answers, or none for Backblaze"
  },
  { codes: ["tls_hostname"], pointer: "#/endpoint", suggestion: "an endpoint by a name that its certificate is for" },
  {
    codes: ["tls_untrusted"],
    pointer: "#/endpoint",
    suggestion: "a service whose certificate is of a known authority; NODE_EXTRA_CA_CERTS adds one for all of Mooring"
  },
  {
    codes: ["tls_expired"],
    pointer: "#/endpoint",
    suggestion: "a service with a valid certificate; or set the clock of this machine if it is ahead"
  },
  { codes: ["egress_denied"], pointer: "#/endpoint", suggestion: "an address that the operator of Mooring permits" },
  { codes: ["not_a_storage_endpoint"], pointer: "#/endpoint", suggestion: "the address of the native API of B2" },
  { codes: ["permission_denied"], pointer: "#/key", suggestion: "a key that may do this, or another bucket" },
  { codes: ["not_found"], suggestion: "a bucket of this account that exists" },
  { codes: ["invalid_name"], suggestion: "a bucket by its own name, of letters, digits and dashes" },
  { codes: ["not_a_directory"], suggestion: "the directory around it" },
  { codes: ["rate_limited"], suggestion: "try again later: the service is asked too often" }
]

const anything: Advice = { codes: [], suggestion: "try again; if it stays, look at the status page of the service" }

/** The same error with pointer and suggestion, where it has none. */
export const advised = (error: StorageError): StorageError => {
  const { reason } = error
  const row = table.find(({ codes }) => codes.includes(reason._tag)) ?? anything
  const pointer = reason.pointer ?? row.pointer
  return StorageError.with(error, {
    suggestion: reason.suggestion ?? row.suggestion,
    ...(pointer !== undefined && { pointer })
  })
}
