/**
 * The option to blame and the way out for each reason, where the error does not name them itself.
 */
import { StorageError } from "@mooring/core"
import type { Reason } from "@mooring/core/StorageError"
import type { ErrorCode } from "@mooring/core/errorCodes"
import { optionOf } from "../credentials/CredentialSource.ts"
import type { S3Settings } from "../S3Settings.ts"
import { isHandshake } from "./handshake.ts"

interface Advice {
  readonly codes: ReadonlyArray<ErrorCode>
  /** What else must hold; true if absent. */
  readonly when?: (settings: S3Settings, reason: Reason) => boolean
  readonly pointer?: string
  readonly suggestion: string
}

const isLocal = ({ origin }: S3Settings): boolean => /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:|$)/.test(origin)

/** Refusals of the account, whichever of its keys is used. */
const accountCodes: ReadonlyArray<string> = ["AccountProblem", "AllAccessDisabled", "NotSignedUp", "UserSuspended"]

const isAmbient = ({ credentials }: S3Settings): boolean => credentials.kind === "ambient"

const unanswered = (_: S3Settings, { status }: Reason): boolean => status === undefined

/** The first row that fits is taken; the last fits everything. */
const table: ReadonlyArray<Advice> = [
  { codes: ["dns_failed"], pointer: "#/endpoint", suggestion: "a host name that exists; check it for slips" },
  {
    codes: ["connect_refused"],
    when: isLocal,
    pointer: "#/endpoint",
    suggestion: "the address of the service and its port: localhost is the machine on which Mooring runs"
  },
  {
    codes: ["provider_unavailable"],
    when: (_, { providerCode = "" }) => /_PROTOCOL_VERSION$|_UNSUPPORTED_PROTOCOL$/.test(providerCode),
    pointer: "#/endpoint",
    suggestion: "a service that speaks TLS 1.2 or newer"
  },
  {
    codes: ["provider_unavailable"],
    when: (_, { providerCode = "" }) => providerCode.endsWith("_NO_APPLICATION_PROTOCOL"),
    pointer: "#/endpoint",
    suggestion: "a service that speaks HTTP/1.1, besides or instead of HTTP/2"
  },
  {
    codes: ["provider_unavailable"],
    when: (_, reason) => isHandshake(reason),
    pointer: "#/endpoint",
    suggestion: "an address and port at which the service answers in TLS"
  },
  {
    codes: ["connect_refused", "timeout", "provider_unavailable"],
    when: unanswered,
    pointer: "#/endpoint",
    suggestion: "an address and port at which the service answers"
  },
  { codes: ["egress_denied"], pointer: "#/endpoint", suggestion: "an address that the operator of Mooring permits" },
  {
    codes: ["tls_hostname"],
    pointer: "#/endpoint",
    suggestion: "an endpoint by a name that its certificate is for"
  },
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
    when: ({ credentials }, { providerCode }) =>
      providerCode === "InvalidAccessKeyId" &&
      credentials.kind === "static" &&
      credentials.sessionToken === undefined &&
      credentials.accessKeyId.startsWith("ASIA"),
    pointer: "#/session_token",
    suggestion: "the session token that was given out with these temporary keys"
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
  { codes: ["clock_skew"], suggestion: "set the clock of the machine on which Mooring runs" },
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
  { codes: ["not_a_directory"], suggestion: "the directory around it" },
  { codes: ["archived_tier"], suggestion: "restore the object, or read one of another storage class" },
  { codes: ["quota_exceeded", "no_space"], suggestion: "free space, or ask the operator of the service for more" },
  {
    codes: ["integrity_error"],
    when: ({ unsignedPayload }, { providerCode }) => unsignedPayload && providerCode === "XAmzContentSHA256Mismatch",
    pointer: "#/use_unsigned_payload",
    suggestion: "false"
  },
  {
    codes: ["integrity_error"],
    suggestion: "look for a proxy or filter on the way that damages answers, or ask the operator of the service"
  },
  { codes: ["rate_limited"], suggestion: "try again later: the service is asked too often" }
]

const anything: Advice = { codes: [], suggestion: "try again; if it stays, ask the operator of the service" }

const keyOptions: ReadonlyArray<string> = ["#/access_key_id", "#/secret_access_key", "#/session_token"]

/** The option to blame: where no key was written, the one that says where to look for one. */
const blamed = ({ credentials }: S3Settings, pointer: string | undefined): string | undefined =>
  credentials.kind === "ambient" && pointer !== undefined && keyOptions.includes(pointer)
    ? optionOf(credentials)
    : pointer

/** The same error with pointer and suggestion. One that has a suggestion says all that there is to say. */
export const advised = (settings: S3Settings, error: StorageError): StorageError => {
  const { reason } = error
  if (reason.suggestion !== undefined) return error
  const fits = ({ codes, when }: Advice): boolean => codes.includes(reason._tag) && (when?.(settings, reason) ?? true)
  const row = table.find(fits) ?? anything
  const pointer = blamed(settings, row.pointer ?? reason.pointer)
  return StorageError.with(error, { suggestion: row.suggestion, ...(pointer !== undefined && { pointer }) })
}
