/**
 * The table from status and error code of B2 to reason
 * (https://www.backblaze.com/docs/cloud-storage-api-error-handling, and the pages of the calls).
 */
import { StorageError } from "@mooring/core"
import type { ErrorCode } from "@mooring/core/errorCodes"
import type { ReasonFields } from "@mooring/core/StorageError"

/** What of an answer is looked at. The text of its message never is. */
export interface B2Refusal {
  readonly status: number
  /** `code` of the error document; an answer to HEAD has none. */
  readonly code?: string | undefined
  /** The header `retry-after`, in seconds. */
  readonly retryAfter?: string | undefined
  readonly requestId?: string | undefined
}

type Row = readonly [reason: ErrorCode, detail: string, fields?: ReasonFields]

const rows = (names: string, ...row: Row): ReadonlyArray<readonly [string, Row]> =>
  names.split(" ").map((name) => [name, row] as const)

const denied: Row = ["permission_denied", "the application key does not permit this", { pointer: "#/key" }]
const absent: Row = ["not_found", "there is nothing at this path"]
const slower: Row = ["rate_limited", "the service asks for fewer requests"]
const failed: Row = ["provider_unavailable", "the service failed"]
const refused: Row = ["invalid_value", "the service takes the request for not valid"]

/** Error code to reason. */
const byCode: ReadonlyMap<string, Row> = new Map([
  ...rows("unauthorized access_denied unsupported", ...denied),
  ...rows("bad_auth_token", "auth_invalid", "the service does not take this token", { pointer: "#/key" }),
  ...rows("expired_auth_token", "auth_expired", "the token has expired", { pointer: "#/key" }),
  ...rows("not_found file_not_present no_such_file", ...absent),
  ...rows("bad_bucket_id no_such_bucket", "not_found", "there is no such bucket"),
  ...rows("already_hidden", "not_found", "the object is hidden already"),
  ...rows("duplicate_bucket_name", "already_exists", "there is a bucket of this name already"),
  ...rows("cannot_delete_non_empty_bucket", "not_empty", "the bucket is not empty; old and hidden versions count too"),
  ...rows("too_many_buckets", "quota_exceeded", "there are as many buckets as the account may have"),
  ...rows(
    "cap_exceeded storage_cap_exceeded transaction_cap_exceeded download_cap_exceeded",
    "quota_exceeded",
    "a cap of the account is used up",
    { suggestion: "raise the caps of the account, or wait until they are reset at midnight UTC" }
  ),
  ...rows("range_not_satisfiable", "invalid_value", "the range is not within the object"),
  ...rows("missing_part part_sha1_mismatch sha1_mismatch", "integrity_error", "the parts are not those that were sent"),
  ...rows("too_many_requests", ...slower),
  ...rows("request_timeout", "timeout", "the service waited too long for the request"),
  ...rows("internal_error service_unavailable conflict", ...failed)
])

/** Status to reason, for answers without a code or with one that is not in the table. */
const byStatus: ReadonlyMap<number, Row> = new Map<number, Row>([
  [400, refused],
  [401, denied],
  [403, denied],
  [404, absent],
  [405, ["unsupported", "the service does not support this"]],
  [408, ["timeout", "the service waited too long for the request"]],
  [409, ["provider_unavailable", "another call changes the same now"]],
  [413, ["unsupported", "the service does not take a file or part of this size"]],
  [416, ["invalid_value", "the range is not within the object"]],
  [429, slower],
  [504, ["timeout", "the service did not answer in time"]],
  // RFC 6585, section 6.
  [511, ["not_a_storage_endpoint", "the network asks for a login before it lets anything through"]]
])

/** The reason for a status that the table does not have. */
const rest = (status: number): Row => {
  if (status >= 500) return failed
  if (status >= 300 && status < 400) return ["not_a_storage_endpoint", "the service redirects to another address"]
  return ["internal", "the service answered in a way that is not known"]
}

const isToken = (text: string): boolean => /^[\w.:+/=-]{1,128}$/.test(text)

/** The error of an answer that is no success. Only what has the form of a code or id is kept of the answer. */
export const storageErrorOf = ({ status, code, retryAfter = "", requestId }: B2Refusal): StorageError => {
  const [reason, detail, fields = {}] = byCode.get(code ?? "") ?? byStatus.get(status) ?? rest(status)
  return StorageError.of(reason, detail, {
    ...fields,
    status,
    ...(code !== undefined && isToken(code) && { providerCode: code }),
    ...(requestId !== undefined && isToken(requestId) && { requestId }),
    ...(/^\d{1,7}$/.test(retryAfter) && { retryAfter: Number(retryAfter) * 1000 })
  })
}
