/**
 * The option to blame and the way out for each reason, where the error does not name them itself.
 */
import type { StorageError } from "@mooring/core"
import { addressAdvice, adviser, generalAdvice } from "@mooring/core/connectionTest/advice"
import type { B2Settings } from "../B2Settings.ts"

const isLocal = ({ endpoint }: B2Settings): boolean =>
  /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:|\/|$)/.test(endpoint)

/** The first row that fits is taken. */
const advise = adviser<B2Settings>([
  {
    codes: ["connect_refused"],
    when: isLocal,
    pointer: "#/endpoint",
    suggestion: "an address and port at which the service answers: localhost is the machine on which Mooring runs"
  },
  ...addressAdvice<B2Settings>("#/endpoint"),
  {
    codes: ["provider_unavailable"],
    when: (_, { status }) => status === 503,
    suggestion: "try again later: the service, or what is before it, is overloaded or being maintained"
  },
  { codes: ["not_a_storage_endpoint"], pointer: "#/endpoint", suggestion: "the address of the native API of B2" },
  {
    codes: ["auth_invalid", "auth_expired"],
    pointer: "#/key",
    suggestion: "a key that was neither removed nor has ended"
  },
  { codes: ["permission_denied"], pointer: "#/key", suggestion: "a key that may do this, or another bucket" },
  { codes: ["not_found"], suggestion: "a bucket of this account that exists" },
  {
    codes: ["invalid_name"],
    suggestion: "a bucket by its own name, of letters, digits and dashes; and in it names of at most 250 bytes each"
  },
  ...generalAdvice
])

/** The same error with pointer and suggestion, where it has none. */
export const advised = (settings: B2Settings, error: StorageError): StorageError => advise(settings, error)
