/**
 * The one table of error codes: what each means over HTTP, in a mount, and to a caller that might try again.
 *
 * Everything that shows an error (the HTTP API, the command line, a mounted filesystem) reads this table and adds
 * nothing of its own. It has no imports, so a browser can load it.
 */

/** What one error code means, wherever it is shown. */
export interface CodeMeaning {
  /** A short title, the same for every occurrence (RFC 9457 `title`). */
  readonly title: string
  /** The HTTP status. On connect a failed connection is 400 whatever the code. */
  readonly status: number
  /**
   * The errno name that a mounted filesystem answers with. Never EAGAIN: a program that reads or writes a regular file
   * takes that for a descriptor that does not block, and waits for an event that does not come.
   */
  readonly errno: string
  /** Whether the same call may succeed later without any change by the caller. */
  readonly retryable: boolean
}

const table = {
  invalid_body: { title: "The body is not what this route takes", status: 400, errno: "EINVAL", retryable: false },
  body_too_large: { title: "The body is too large", status: 413, errno: "EFBIG", retryable: false },
  unsupported_media_type: {
    title: "The content type is not supported",
    status: 415,
    errno: "EINVAL",
    retryable: false
  },
  unknown_field: { title: "There is no such option", status: 400, errno: "EINVAL", retryable: false },
  invalid_value: { title: "The value is not valid", status: 400, errno: "EINVAL", retryable: false },
  missing_field: { title: "A required option is missing", status: 400, errno: "EINVAL", retryable: false },
  conflicting_fields: { title: "Two options contradict each other", status: 400, errno: "EINVAL", retryable: false },
  unauthenticated: { title: "A valid token is needed", status: 401, errno: "EACCES", retryable: false },
  unknown_provider: { title: "There is no such provider", status: 404, errno: "EINVAL", retryable: false },
  provider_not_installed: { title: "The provider is not installed", status: 501, errno: "ENOSYS", retryable: false },
  egress_denied: { title: "The address is not permitted", status: 403, errno: "EACCES", retryable: false },
  server_path_forbidden: {
    title: "Files of the server are not permitted",
    status: 403,
    errno: "EACCES",
    retryable: false
  },
  ambient_credentials_forbidden: {
    title: "Credentials of the server are not permitted",
    status: 403,
    errno: "EACCES",
    retryable: false
  },
  dns_failed: { title: "The host name did not resolve", status: 502, errno: "EHOSTUNREACH", retryable: true },
  connect_refused: { title: "The connection was refused", status: 502, errno: "ECONNREFUSED", retryable: true },
  timeout: { title: "There was no answer in time", status: 504, errno: "ETIMEDOUT", retryable: true },
  tls_untrusted: { title: "The certificate is not trusted", status: 502, errno: "EIO", retryable: false },
  tls_hostname: { title: "The certificate is for another host", status: 502, errno: "EIO", retryable: false },
  tls_expired: { title: "The certificate has expired", status: 502, errno: "EIO", retryable: false },
  not_a_storage_endpoint: { title: "This is not an object store", status: 502, errno: "EIO", retryable: false },
  wrong_region: { title: "The region is wrong", status: 502, errno: "EIO", retryable: false },
  clock_skew: { title: "The clocks differ too much", status: 502, errno: "EIO", retryable: false },
  auth_invalid: { title: "The credentials are not valid", status: 403, errno: "EACCES", retryable: false },
  auth_expired: { title: "The credentials have expired", status: 403, errno: "EACCES", retryable: false },
  permission_denied: { title: "These credentials may not do this", status: 403, errno: "EACCES", retryable: false },
  not_found: { title: "There is nothing at this path", status: 404, errno: "ENOENT", retryable: false },
  already_exists: { title: "There is something at this path already", status: 409, errno: "EEXIST", retryable: false },
  not_empty: { title: "The directory or container is not empty", status: 409, errno: "ENOTEMPTY", retryable: false },
  not_a_directory: { title: "This is not a directory", status: 409, errno: "ENOTDIR", retryable: false },
  is_a_directory: { title: "This is a directory", status: 409, errno: "EISDIR", retryable: false },
  precondition_failed: {
    title: "The object is not as the condition says",
    status: 412,
    errno: "ESTALE",
    retryable: false
  },
  idempotency_mismatch: {
    title: "The idempotency key was used for another request",
    status: 409,
    errno: "EINVAL",
    retryable: false
  },
  backend_in_use: { title: "The backend is in use", status: 409, errno: "EBUSY", retryable: false },
  read_only: { title: "This is read-only", status: 403, errno: "EROFS", retryable: false },
  invalid_name: { title: "The provider cannot store this name", status: 400, errno: "EINVAL", retryable: false },
  name_too_long: { title: "The name is too long", status: 400, errno: "ENAMETOOLONG", retryable: false },
  cross_device: {
    title: "This cannot be renamed to there in one step",
    status: 409,
    errno: "EXDEV",
    retryable: false
  },
  quota_exceeded: { title: "A quota is used up", status: 507, errno: "EDQUOT", retryable: false },
  no_space: { title: "There is no space left", status: 507, errno: "ENOSPC", retryable: false },
  archived_tier: { title: "The object is archived", status: 409, errno: "EIO", retryable: false },
  rate_limited: { title: "The provider asks for fewer requests", status: 429, errno: "EIO", retryable: true },
  provider_unavailable: { title: "The provider failed to answer", status: 502, errno: "EIO", retryable: true },
  unsupported: { title: "This is not supported", status: 501, errno: "ENOTSUP", retryable: false },
  integrity_error: { title: "The data did not arrive intact", status: 502, errno: "EIO", retryable: true },
  cancelled: { title: "The call was cancelled", status: 499, errno: "EINTR", retryable: false },
  internal: { title: "Something went wrong in Mooring", status: 500, errno: "EIO", retryable: false }
} as const satisfies Record<string, CodeMeaning>

/** A code of the table. */
export type ErrorCode = keyof typeof table

/** Code to meaning. */
export const errorCodes: Readonly<Record<ErrorCode, CodeMeaning>> = table

/** Whether a text is a code of the table; own properties only, so `constructor` is not. */
export const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(table, text)
