/**
 * The table from status and error code of Azure Storage to reason
 * (https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes and
 * https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes).
 */
import { StorageError } from "@mooring/core"
import type { ErrorCode } from "@mooring/core/errorCodes"
import type { ReasonFields } from "@mooring/core/StorageError"

/** What of an answer is looked at. The text of its message never is. */
export interface Refusal {
  readonly status: number
  /** The header `x-ms-error-code`, else `Code` of the document. */
  readonly code?: string | undefined
  readonly requestId?: string | undefined
  /** The header `retry-after`, in seconds. */
  readonly retryAfter?: string | undefined
}

type Row = readonly [reason: ErrorCode, detail: string, fields?: ReasonFields]

const rows = (names: string, ...row: Row): ReadonlyArray<readonly [string, Row]> =>
  names.split(" ").map((name) => [name, row] as const)

const absent: Row = ["not_found", "there is nothing at this path"]
const denied: Row = ["permission_denied", "the service does not permit this"]
const changed: Row = ["precondition_failed", "the object is not as the condition says"]
const damaged: Row = ["integrity_error", "what arrived at the service is not what was sent"]
const slower: Row = ["rate_limited", "the service asks for fewer requests"]
const failed: Row = ["provider_unavailable", "the service failed"]
const invalid: Row = ["invalid_value", "the service takes the request for not valid"]
const unnamed: Row = ["invalid_name", "Azure has no such name"]
const unable: Row = ["unsupported", "the service does not support this"]
const refused: Row = ["auth_invalid", "the service does not take these credentials"]
const archived: Row = ["archived_tier", "the blob is in the archive, or on its way out of it"]
const other: Row = ["provider_unavailable", "another call changes the same now"]
const large: Row = ["body_too_large", "the service does not take an object or block of this size"]

/** Error code to reason. */
const byCode: ReadonlyMap<string, Row> = new Map([
  ...rows("BlobNotFound ResourceNotFound", ...absent),
  ...rows("ContainerNotFound", "not_found", "there is no such container"),
  ...rows("ContainerAlreadyExists", "already_exists", "there is a container of this name already"),
  ...rows("ContainerBeingDeleted", "provider_unavailable", "a container of this name is being deleted"),
  ...rows("AuthenticationFailed InvalidAuthenticationInfo NoAuthenticationInformation", ...refused),
  ...rows("KeyBasedAuthenticationNotPermitted", "auth_invalid", "the account does not take its shared key", {
    suggestion: "an identity of Microsoft Entra, or permit shared keys in the settings of the account"
  }),
  ...rows("AuthorizationFailure AuthorizationPermissionMismatch InsufficientAccountPermissions", ...denied),
  ...rows("AuthorizationResourceTypeMismatch", "permission_denied", "the signature is not for this kind of resource"),
  ...rows("AuthorizationServiceMismatch", "permission_denied", "the signature is for another service than blobs"),
  ...rows("AuthorizationProtocolMismatch", "permission_denied", "the signature is for https only"),
  ...rows("AuthorizationSourceIPMismatch", "permission_denied", "the signature is for other addresses than this one's"),
  ...rows("PublicAccessNotPermitted UnauthorizedBlobOverwrite ContainerDisabled", ...denied),
  ...rows("BlobImmutableDueToPolicy", "permission_denied", "a policy of the container keeps the blob as it is"),
  ...rows("AccountIsDisabled", "permission_denied", "the account is disabled", { pointer: "#/account" }),
  ...rows("LeaseIdMissing LeaseIdMismatchWithBlobOperation", "permission_denied", "another client has a lease on it"),
  ...rows("LeaseLost LeaseIdMismatchWithContainerOperation", "permission_denied", "another client has a lease on it"),
  ...rows("ConditionNotMet TargetConditionNotMet SourceConditionNotMet BlobAlreadyExists", ...changed),
  ...rows("InvalidBlockList", "precondition_failed", "another upload to this place was completed or aborted meanwhile"),
  ...rows("InvalidBlobOrBlock", "precondition_failed", "another client has begun an upload to this place", {
    suggestion: "complete or abort that upload, or wait a week until the service forgets it"
  }),
  ...rows("Md5Mismatch Crc64Mismatch InvalidMd5", ...damaged),
  ...rows("ServerBusy", ...slower),
  ...rows("InternalError", ...failed),
  ...rows("OperationTimedOut", "timeout", "the service did not answer in time"),
  ...rows("AccountBeingCreated PendingCopyOperation", ...other),
  ...rows("NoPendingCopyOperation CopyIdMismatch", "precondition_failed", "there is no such copy under way"),
  ...rows("BlobArchived BlobBeingRehydrated", ...archived),
  ...rows("SnapshotsPresent", "not_empty", "the blob has snapshots", {
    pointer: "#/delete_snapshots",
    suggestion: "include"
  }),
  ...rows("InvalidRange", "invalid_value", "the range is not within the object"),
  ...rows("InvalidResourceName InvalidUri OutOfRangeInput", ...unnamed),
  ...rows("InvalidMetadata EmptyMetadataKey MetadataTooLarge InvalidHeaderValue InvalidInput", ...invalid),
  ...rows("InvalidQueryParameterValue OutOfRangeQueryParameterValue InvalidXmlDocument", ...invalid),
  ...rows("InvalidBlobTier AccessTierNotSupportedForBlobType", "invalid_value", "the account has no such tier"),
  ...rows("InvalidBlobType", "unsupported", "the blob is one of pages or appended to, and no block blob"),
  ...rows("RequestBodyTooLarge BlockCountExceedsLimit", ...large),
  ...rows("UnsupportedHeader UnsupportedQueryParameter UnsupportedHttpVerb FeatureNotSupported", ...unable),
  ...rows(
    "FeatureNotYetSupportedForHierarchicalNamespaceAccounts",
    "unsupported",
    "accounts with a hierarchical namespace do not support this"
  )
])

/** Status to reason, for answers without a code or with one that is not in the table. */
const byStatus: ReadonlyMap<number, Row> = new Map<number, Row>([
  [304, changed],
  [400, invalid],
  [401, refused],
  [403, denied],
  [404, absent],
  [405, unable],
  [408, ["timeout", "the service waited too long for the request"]],
  [409, other],
  [412, changed],
  [413, large],
  [416, ["invalid_value", "the range is not within the object"]],
  [429, slower],
  [501, unable],
  [503, slower],
  [504, ["timeout", "the service did not answer in time"]],
  [511, ["not_a_storage_endpoint", "the network asks for a login before it lets anything through"]]
])

const rest = (status: number): Row => {
  if (status >= 500) return failed
  if (status >= 300 && status < 400) return ["not_a_storage_endpoint", "the service redirects to another address"]
  return ["internal", "the service answered in a way that is not known"]
}

const isToken = (text: string | undefined): text is string => text !== undefined && /^[\w.:-]{1,128}$/.test(text)

/** The error of an answer that is no success. Only what has the form of a code or id is kept of the answer. */
export const storageErrorOf = ({ status, code, requestId, retryAfter = "" }: Refusal): StorageError => {
  const [reason, detail, fields] = byCode.get(code ?? "") ?? byStatus.get(status) ?? rest(status)
  return StorageError.of(reason, detail, {
    ...fields,
    status,
    ...(isToken(code) && { providerCode: code }),
    ...(isToken(requestId) && { requestId }),
    ...(/^\d{1,7}$/.test(retryAfter) && { retryAfter: Number(retryAfter) * 1000 })
  })
}
