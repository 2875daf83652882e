/**
 * The table from status and reason of the JSON API to ours
 * (https://cloud.google.com/storage/docs/json_api/v1/status-codes). Which of them are retryable is Google's own table:
 * https://cloud.google.com/storage/docs/retry-strategy
 */
import { StorageError } from "@mooring/core"
import type { ErrorCode } from "@mooring/core/errorCodes"
import type { ReasonFields } from "@mooring/core/StorageError"

/** What of an answer is looked at. */
export interface Refusal {
  readonly status: number
  /** `reason` of the first error of the document. */
  readonly reason?: string | undefined
  /** What only the message tells apart; nothing else is looked at in it, and nothing kept. */
  readonly hint?: Hint | undefined
  /** The header `x-guploader-uploadid`, which names the request to Google. */
  readonly requestId?: string | undefined
  /** The header `retry-after`, in seconds. */
  readonly retryAfter?: string | undefined
}

/** The bucket has no ACLs, or its requester pays. */
export type Hint = "uniformBucketLevelAccess" | "userProjectMissing"

type Row = readonly [reason: ErrorCode, detail: string, fields?: ReasonFields]

const rows = (names: string, ...row: Row): ReadonlyArray<readonly [string, Row]> =>
  names.split(" ").map((name) => [name, row] as const)

const absent: Row = ["not_found", "there is nothing at this path"]
const denied: Row = ["permission_denied", "the service does not permit this"]
const invalid: Row = ["invalid_value", "the service takes the request for not valid"]
const changed: Row = ["precondition_failed", "the object is not as the condition says"]
const slower: Row = ["rate_limited", "the service asks for fewer requests"]
const failed: Row = ["provider_unavailable", "the service failed"]
const late: Row = ["timeout", "the service did not answer in time"]
const refused: Row = ["auth_invalid", "the service does not take these credentials"]
const unable: Row = ["unsupported", "the service does not support this"]
/** A required parameter has the same reason, with another status. */
const nobody: Row = ["permission_denied", "the service asks for credentials"]
const large: Row = ["body_too_large", "the service does not take an object of this size"]
const gone: Row = ["not_found", "there is no such upload: it was completed, cancelled or forgotten"]

const billed: ReasonFields = {
  pointer: "#/user_project",
  suggestion: "a project in which these credentials may use services (serviceusage.services.use)"
}

/** Reason to ours. */
const byReason: ReadonlyMap<string, Row> = new Map([
  ...rows("notFound", ...absent),
  ...rows("forbidden", ...denied),
  ...rows("insufficientPermissions", "permission_denied", "the token is not for this: its scope is too narrow", {
    suggestion: "a token with the scope devstorage.full_control or devstorage.read_write"
  }),
  ...rows("uniformBucketLevelAccess", "conflicting_fields", "the bucket leaves access to policies and takes no ACL", {
    pointer: "#/bucket_policy_only",
    suggestion: "true"
  }),
  ...rows("authError", ...refused),
  ...rows("lockedDomainExpired", "auth_expired", "the credentials have expired"),
  ...rows("accountDisabled", "permission_denied", "the account of the bucket's project is disabled", {
    suggestion: "the billing account of the project, in the console"
  }),
  ...rows(
    "accessNotConfigured usageLimits.accessNotConfigured SERVICE_DISABLED",
    "permission_denied",
    "the project does not use the Cloud Storage JSON API",
    { suggestion: "enable the Cloud Storage JSON API for the project, in the console" }
  ),
  ...rows(
    "userProjectMissing authenticationRequiredRequesterPays",
    "permission_denied",
    "the requester pays for this bucket, and no project is named that is billed",
    billed
  ),
  ...rows(
    "userProjectInvalid userProjectInconsistent userProjectAccessDenied userProjectAccountProblem",
    "permission_denied",
    "the project of user_project cannot be billed for these credentials",
    billed
  ),
  ...rows("objectUnderActiveHold", "permission_denied", "a hold keeps the object as it is"),
  ...rows("retentionPolicyNotMet", "permission_denied", "the retention policy keeps the object as it is"),
  ...rows("orgPolicyConstraintFailed", "permission_denied", "a policy of the organization does not permit this"),
  ...rows("sslRequired", "permission_denied", "the service wants https", { pointer: "#/endpoint" }),
  ...rows("countryBlocked", "permission_denied", "the service is not offered in this country"),
  ...rows("conditionNotMet", ...changed),
  ...rows("rateLimitExceeded userRateLimitExceeded usageLimits.rateLimitExceeded", ...slower),
  ...rows("quotaExceeded dailyLimitExceeded", "quota_exceeded", "a quota of the project is used up"),
  ...rows("uploadTooLarge", ...large),
  ...rows("requestedRangeNotSatisfiable", "invalid_value", "the range is not within the object"),
  ...rows("invalid badRequest parseError invalidParameter invalidArgument", ...invalid),
  ...rows("wrongUrlForUpload notUpload notDownload invalidAltValue", ...invalid),
  ...rows("methodNotAllowed", ...unable),
  ...rows("uploadBrokenConnection", ...late),
  ...rows("backendError internalError", ...failed),
  ...rows("gatewayTimeout", ...late)
])

/** Status to reason, for answers without a reason or with one that is not in the table. */
const byStatus: ReadonlyMap<number, Row> = new Map<number, Row>([
  [304, changed],
  [400, invalid],
  [401, refused],
  [403, denied],
  [404, absent],
  [405, unable],
  [408, late],
  [409, ["provider_unavailable", "another call changes the same now", { retryable: false }]],
  [410, gone],
  [412, changed],
  [413, large],
  [416, ["invalid_value", "the range is not within the object"]],
  [429, slower],
  [499, gone],
  [501, unable],
  [504, late],
  [511, ["not_a_storage_endpoint", "the network asks for a login before it lets anything through"]]
])

const rest = (status: number): Row => {
  if (status >= 500) return failed
  if (status >= 300 && status < 400) return ["not_a_storage_endpoint", "the service redirects to another address"]
  return ["internal", "the service answered in a way that is not known"]
}

const isToken = (text: string | undefined): text is string => text !== undefined && /^[\w.:-]{1,256}$/.test(text)

/** The error of an answer that is no success. Only what has the form of a code or id is kept of the answer. */
export const storageErrorOf = (refusal: Refusal): StorageError => {
  const { status, hint, requestId, retryAfter = "" } = refusal
  const reason = hint ?? refusal.reason
  const facts: ReasonFields = {
    status,
    ...(isToken(requestId) && { requestId }),
    ...(/^\d{1,7}$/.test(retryAfter) && { retryAfter: Number(retryAfter) * 1000 })
  }
  const [code, detail, fields] =
    (status === 401 && reason === "required" ? nobody : byReason.get(reason ?? "")) ??
    byStatus.get(status) ??
    rest(status)
  return StorageError.of(code, detail, { ...fields, ...facts, ...(isToken(reason) && { providerCode: reason }) })
}
