/**
 * The option to blame and the way out for each reason, where the error does not name them itself.
 */
import type { StorageError } from "@mooring/core"
import { addressAdvice, adviser, generalAdvice } from "@mooring/core/connectionTest/advice"

/** The first row that fits is taken. */
const advise = adviser<undefined>([
  ...addressAdvice<undefined>("#/endpoint"),
  { codes: ["not_a_storage_endpoint"], pointer: "#/endpoint", suggestion: "the address of the native API of B2" },
  { codes: ["permission_denied"], pointer: "#/key", suggestion: "a key that may do this, or another bucket" },
  { codes: ["not_found"], suggestion: "a bucket of this account that exists" },
  { codes: ["invalid_name"], suggestion: "a bucket by its own name, of letters, digits and dashes" },
  ...generalAdvice
])

/** The same error with pointer and suggestion, where it has none. */
export const advised = (error: StorageError): StorageError => advise(undefined, error)
