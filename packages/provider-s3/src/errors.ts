/**
 * The table from status and error code of S3 to reason
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and the codes of MinIO and Ceph).
 */
import { StorageError } from "@mooring/core"
import type { ErrorCode } from "@mooring/core/errorCodes"
import type { ReasonFields } from "@mooring/core/StorageError"
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"

/** What of an answer is looked at. The text of its message never is. */
export interface S3Refusal {
  readonly status: number
  /** `Code` of the error document; an answer to HEAD has none. */
  readonly code?: string
  /** The region that the answer says is right. */
  readonly region?: string
  readonly requestId?: string
  /** The header `retry-after`: seconds, or a date. */
  readonly retryAfter?: string
  /** The header `date`, and the time here when the request was signed, in milliseconds since 1970. */
  readonly serverTime?: number
  readonly localTime?: number
}

type Row = readonly [reason: ErrorCode, detail: string, fields?: ReasonFields]

const rows = (names: string, ...row: Row): ReadonlyArray<readonly [string, Row]> =>
  names.split(" ").map((name) => [name, row] as const)

const badKey: Row = ["auth_invalid", "the service does not know this access key", { pointer: "#/access_key_id" }]
const badSecret: Row = [
  "auth_invalid",
  "the secret does not belong to the access key",
  { pointer: "#/secret_access_key" }
]
const wrongRegion: Row = ["wrong_region", "the bucket or the service is in another region", { pointer: "#/region" }]
const skewed: Row = ["clock_skew", "the clocks of this machine and of the service differ too much"]
// Alibaba, Tencent and Huawei, in this order; the name of the bucket has to be in the host name.
const hostNamed: Row = [
  "unsupported",
  "the service takes the bucket in the host name only",
  { pointer: "#/force_path_style", suggestion: "false" }
]
const denied: Row = ["permission_denied", "the service does not permit this"]
const absent: Row = ["not_found", "there is nothing at this path"]
const slower: Row = ["rate_limited", "the service asks for fewer requests"]
const failed: Row = ["provider_unavailable", "the service failed"]
const damaged: Row = ["integrity_error", "what arrived at the service is not what was sent"]
const unable: Row = ["unsupported", "the service does not support this"]
const exists: Row = ["already_exists", "there is a bucket of this name already"]

/** Error code to reason. */
const byCode: ReadonlyMap<string, Row> = new Map([
  ...rows("NoSuchKey NotFound NoSuchVersion", ...absent),
  ...rows("NoSuchBucket", "not_found", "there is no such bucket"),
  ...rows("NoSuchUpload", "not_found", "there is no such upload: it was completed or aborted"),
  ...rows("AccessDenied AllAccessDisabled AccountProblem InvalidPayer InvalidSecurity NotSignedUp", ...denied),
  ...rows("Forbidden KMS.DisabledException KMS.NotFoundException UserSuspended", ...denied),
  ...rows("InvalidAccessKeyId", ...badKey),
  ...rows("SignatureDoesNotMatch", ...badSecret),
  ...rows("ExpiredToken TokenRefreshRequired", "auth_expired", "the session has expired", {
    pointer: "#/session_token"
  }),
  ...rows("InvalidToken", "auth_invalid", "the session token does not belong to the access key", {
    pointer: "#/session_token"
  }),
  ...rows("RequestTimeTooSkewed RequestExpired", ...skewed),
  ...rows("AuthorizationHeaderMalformed PermanentRedirect IllegalLocationConstraintException", ...wrongRegion),
  ...rows("SecondLevelDomainForbidden PathStyleDomainForbidden VirtualHostDomainRequired", ...hostNamed),
  ...rows("IllegalLocationConstraint IncorrectEndpoint", ...wrongRegion),
  ...rows("InvalidLocationConstraint", "invalid_value", "the service does not know this location", {
    pointer: "#/location_constraint"
  }),
  ...rows("SlowDown SlowDownRead SlowDownWrite ServiceUnavailable Throttling ThrottlingException", ...slower),
  ...rows("RequestLimitExceeded TooManyRequests", ...slower),
  ...rows("InternalError TemporaryRedirect XMinioServerNotInitialized ServerNotInitialized", ...failed),
  ...rows("OperationAborted ConditionalRequestConflict", "provider_unavailable", "another call changes the same now"),
  ...rows("RequestTimeout", "timeout", "the service waited too long for the request"),
  ...rows("InvalidBucketName", "invalid_name", "a bucket cannot have this name"),
  ...rows("KeyTooLongError KeyTooLong XMinioInvalidObjectName", "invalid_name", "an object cannot have this name"),
  ...rows("BucketNotEmpty", "not_empty", "the bucket is not empty"),
  ...rows("BucketAlreadyExists BucketAlreadyOwnedByYou BucketNameUnavailable", ...exists),
  ...rows("XMinioParentIsObject", "not_a_directory", "an object is where a directory of this path would be"),
  ...rows("PreconditionFailed NotModified", "precondition_failed", "the object is not as the condition says"),
  ...rows("InvalidRange", "invalid_value", "the range is not within the object"),
  ...rows(
    "InvalidArgument InvalidRequest MalformedXML",
    "invalid_value",
    "the service takes the request for not valid"
  ),
  ...rows("BadDigest InvalidDigest XAmzContentSHA256Mismatch XAmzContentChecksumMismatch", ...damaged),
  ...rows("IncompleteBody InvalidPart InvalidPartOrder", ...damaged),
  ...rows(
    "InvalidObjectState RestoreAlreadyInProgress",
    "archived_tier",
    "the object must be restored before it is read"
  ),
  ...rows("QuotaExceeded XMinioAdminBucketQuotaExceeded", "quota_exceeded", "the quota is used up"),
  ...rows("TooManyBuckets", "quota_exceeded", "there are as many buckets as the account may have"),
  ...rows("XMinioStorageFull", "no_space", "there is no space left at the service"),
  ...rows("EntityTooLarge", "unsupported", "the service does not take an object or part of this size"),
  ...rows("EntityTooSmall", "invalid_value", "a part is smaller than the service takes", { pointer: "#/chunk_size" }),
  ...rows("NotImplemented MethodNotAllowed", ...unable),
  ...rows("MissingContentLength", "unsupported", "the service, or a proxy before it, wants the length of a body first")
])

/** Status to reason, for answers without a code or with one that is not in the table. */
const byStatus: ReadonlyMap<number, Row> = new Map<number, Row>([
  [301, wrongRegion],
  [304, ["precondition_failed", "the object is not as the condition says"]],
  [307, failed],
  [400, ["invalid_value", "the service takes the request for not valid"]],
  [401, ["auth_invalid", "the service does not take these credentials"]],
  [403, denied],
  [404, absent],
  [405, unable],
  [408, ["timeout", "the service waited too long for the request"]],
  [409, ["provider_unavailable", "another call changes the same now"]],
  [412, ["precondition_failed", "the object is not as the condition says"]],
  [413, ["unsupported", "the service does not take an object or part of this size"]],
  [416, ["invalid_value", "the range is not within the object"]],
  [429, slower],
  [501, unable],
  [503, slower],
  [504, ["timeout", "the service did not answer in time"]],
  [507, ["no_space", "there is no space left at the service"]],
  // RFC 6585, section 6: a captive portal.
  [511, ["not_a_storage_endpoint", "the network asks for a login before it lets anything through"]]
])

/** The difference from which services refuse a signature: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html */
const maxSkew = 15 * 60 * 1000

/** The reason for a status that the table does not have. */
const rest = (status: number): Row => {
  if (status >= 500) return failed
  if (status >= 300 && status < 400) return ["not_a_storage_endpoint", "the service redirects to another address"]
  return ["internal", "the service answered in a way that is not known"]
}

const skewOf = ({ serverTime, localTime }: S3Refusal): number | undefined =>
  serverTime === undefined || localTime === undefined ? undefined : localTime - serverTime

/** An answer to HEAD has no code: what the headers tell stands for it. */
const rowOf = (refusal: S3Refusal): Row => {
  const { status, code, region } = refusal
  const known = code === undefined ? undefined : byCode.get(code)
  if (known !== undefined) return known
  if (status === 400 && code === undefined && region !== undefined) return wrongRegion
  if (status === 403 && code === undefined && Math.abs(skewOf(refusal) ?? 0) > maxSkew) return skewed
  return byStatus.get(status) ?? rest(status)
}

/** Milliseconds that the service asks to wait; undefined if it says nothing sensible. */
const waitOf = ({ retryAfter = "", serverTime, localTime }: S3Refusal): number | undefined => {
  if (/^\d{1,7}$/.test(retryAfter)) return Number(retryAfter) * 1000
  const now = serverTime ?? localTime
  const at = retryAfter === "" ? undefined : Option.getOrUndefined(DateTime.make(retryAfter))
  return at === undefined || now === undefined ? undefined : Math.max(0, DateTime.toEpochMillis(at) - now)
}

const isRegion = (text: string): boolean => /^[a-z0-9-]{1,64}$/i.test(text)
const isToken = (text: string): boolean => /^[\w.:+/=-]{1,128}$/.test(text)

/** What the occurrence adds to the row: the right region, or by how much the clocks differ. */
const particulars = (
  refusal: S3Refusal,
  reason: ErrorCode
): { readonly detail?: string; readonly suggestion?: string } => {
  const skew = skewOf(refusal)
  if (reason === "wrong_region" && refusal.region !== undefined && isRegion(refusal.region)) {
    return { suggestion: refusal.region }
  }
  if (reason !== "clock_skew" || skew === undefined) return {}
  const seconds = Math.round(Math.abs(skew) / 1000)
  return {
    detail: `the clock here is ${seconds} seconds ${skew < 0 ? "behind" : "ahead of"} that of the service`,
    suggestion: "set the clock of the machine on which Mooring runs"
  }
}

/** The error of an answer that is no success. Only what has the form of a code, region or id is kept of the answer. */
export const storageErrorOf = (refusal: S3Refusal): StorageError => {
  const { status, code, requestId } = refusal
  const [reason, usual, fields = {}] = rowOf(refusal)
  const { detail = usual, ...extra } = particulars(refusal, reason)
  const retryAfter = waitOf(refusal)
  return StorageError.of(reason, detail, {
    ...fields,
    ...extra,
    status,
    ...(code !== undefined && isToken(code) && { providerCode: code }),
    ...(requestId !== undefined && isToken(requestId) && { requestId }),
    ...(retryAfter !== undefined && { retryAfter })
  })
}
