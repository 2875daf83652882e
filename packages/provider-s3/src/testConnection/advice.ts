/**
 * The option to blame and the way out for each reason, where the error does not name them itself.
 */
import { StorageError } from "@mooring/core"
import { addressAdvice, adviser, generalAdvice, type Advice } from "@mooring/core/connectionTest/advice"
import { optionOf } from "../credentials/CredentialSource.ts"
import type { S3Settings } from "../S3Settings.ts"

const isLocal = ({ origin }: S3Settings): boolean => /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:|$)/.test(origin)

/** Refusals of the account, whichever of its keys is used. */
const accountCodes: ReadonlyArray<string> = ["AccountProblem", "AllAccessDisabled", "NotSignedUp", "UserSuspended"]

const isAmbient = ({ credentials }: S3Settings): boolean => credentials.kind === "ambient"

/** The first row that fits is taken; the last fits everything. */
const table: ReadonlyArray<Advice<S3Settings>> = [
  {
    codes: ["connect_refused"],
    when: isLocal,
    pointer: "#/endpoint",
    suggestion: "the address of the service and its port: localhost is the machine on which Mooring runs"
  },
  ...addressAdvice<S3Settings>("#/endpoint"),
  { codes: ["not_a_storage_endpoint"], pointer: "#/endpoint", suggestion: "the address of the S3 API" },
  { codes: ["wrong_region"], pointer: "#/region", suggestion: "the region of the bucket" },
  {
    codes: ["auth_invalid"],
    when: isAmbient,
    pointer: "#/access_key_id",
    suggestion: "credentials of this service where the option looks"
  },
  {
    codes: ["auth_expired"],
    when: isAmbient,
    pointer: "#/session_token",
    suggestion: "new credentials where the option looks"
  },
  {
    codes: ["ambient_credentials_forbidden", "server_path_forbidden"],
    suggestion: "write access_key_id and secret_access_key"
  },
  {
    codes: ["auth_invalid"],
    when: (_, { providerCode }) => providerCode === "InvalidToken",
    suggestion: "the session token that was given out with the access key, or none for a lasting key"
  },
  {
    codes: ["auth_invalid"],
    when: (_, { providerCode }) => providerCode === "SignatureDoesNotMatch",
    suggestion: "the secret that belongs to the access key"
  },
  { codes: ["auth_invalid"], pointer: "#/access_key_id", suggestion: "an access key of this service" },
  { codes: ["auth_expired"], pointer: "#/session_token", suggestion: "new temporary credentials" },
  {
    codes: ["permission_denied"],
    when: ({ credentials }) => credentials.kind === "anonymous",
    pointer: "#/access_key_id",
    suggestion: "an access key and its secret: the service refuses requests without them"
  },
  {
    codes: ["permission_denied"],
    when: (_, { providerCode = "" }) => providerCode.startsWith("KMS."),
    suggestion: "the key of KMS with which the objects are encrypted: it is disabled or gone"
  },
  {
    codes: ["permission_denied"],
    when: (_, { providerCode = "" }) => accountCodes.includes(providerCode),
    pointer: "#/access_key_id",
    suggestion: "a key of an account that the service has not closed; its owner is told there what is wrong"
  },
  {
    codes: ["permission_denied"],
    pointer: "#/access_key_id",
    suggestion: "a key that may do this, or another bucket"
  },
  { codes: ["not_found"], suggestion: "a bucket that exists, at this endpoint and region" },
  { codes: ["invalid_name"], suggestion: "a bucket by its own name, of 3 to 63 letters, digits, dots and dashes" },
  { codes: ["archived_tier"], suggestion: "restore the object, or read one of another storage class" },
  {
    codes: ["integrity_error"],
    when: ({ unsignedPayload }, { providerCode }) => unsignedPayload && providerCode === "XAmzContentSHA256Mismatch",
    pointer: "#/use_unsigned_payload",
    suggestion: "false"
  },
  ...generalAdvice
]

const adviseBy = adviser(table)

const keyOptions: ReadonlyArray<string> = ["#/access_key_id", "#/secret_access_key", "#/session_token"]

/** The same error with pointer and suggestion. Where no key was written, the option that says where to look is blamed. */
export const advised = (settings: S3Settings, error: StorageError): StorageError => {
  const told = adviseBy(settings, error)
  const { credentials } = settings
  return credentials.kind === "ambient" && keyOptions.includes(told.reason.pointer ?? "")
    ? StorageError.with(told, { pointer: optionOf(credentials) })
    : told
}
