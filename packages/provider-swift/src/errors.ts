/**
 * The table from status of Swift to reason (https://docs.openstack.org/api-ref/object-store/). Its answers have no
 * codes.
 */
import { StorageError } from "@mooring/core"
import type { ErrorCode } from "@mooring/core/errorCodes"
import type { ReasonFields } from "@mooring/core/StorageError"

/** What of an answer is looked at. The text of its message never is. */
export interface SwiftRefusal {
  readonly status: number
  /** The header `x-trans-id`. */
  readonly requestId?: string | undefined
  /** The header `retry-after`: seconds. A date is not waited for. */
  readonly retryAfter?: string | undefined
}

type Row = readonly [reason: ErrorCode, detail: string, fields?: ReasonFields]

/** Status to reason. What a status means for one call only, that call says. */
const byStatus: ReadonlyMap<number, Row> = new Map<number, Row>([
  [400, ["invalid_value", "the service does not take this"]],
  [401, ["auth_invalid", "the service does not accept the token"]],
  [403, ["permission_denied", "the service does not permit this"]],
  [404, ["not_found", "there is nothing at this path"]],
  [405, ["unsupported", "the service does not support this"]],
  [406, ["unsupported", "the service does not support this"]],
  [408, ["timeout", "the service waited too long for the request"]],
  [409, ["provider_unavailable", "another call changes the same now"]],
  [412, ["precondition_failed", "the object is not as the condition says"]],
  [413, ["quota_exceeded", "the object is larger than the service takes, or a quota is used up"]],
  [416, ["invalid_value", "the range starts behind the end of the object"]],
  [422, ["integrity_error", "what arrived at the service is not what was sent"]],
  [429, ["rate_limited", "the service asks for fewer requests"]],
  [498, ["rate_limited", "the service asks for fewer requests"]],
  [501, ["unsupported", "the service does not support this"]],
  [504, ["timeout", "the service did not answer in time"]],
  [507, ["no_space", "the service has no space left"]],
  [511, ["not_a_storage_endpoint", "the network asks for a login before it lets anything through"]]
])

const rest = (status: number): Row => {
  if (status >= 500 || status === 499) return ["provider_unavailable", "the service failed"]
  if (status >= 300 && status < 400) return ["not_a_storage_endpoint", "the service redirects to another address"]
  return ["internal", "the service answered in a way that is not known"]
}

/** The error of an answer that is no success. */
export const storageErrorOf = ({ status, requestId, retryAfter = "" }: SwiftRefusal): StorageError => {
  const [reason, detail, fields = {}] = byStatus.get(status) ?? rest(status)
  return StorageError.of(reason, detail, {
    ...fields,
    status,
    ...(requestId !== undefined && /^[\w.:-]{1,128}$/.test(requestId) && { requestId }),
    ...(/^\d{1,7}$/.test(retryAfter) && { retryAfter: Number(retryAfter) * 1000 })
  })
}

/** The error of an answer by something that is no Swift. */
export const notAStore = (status?: number): StorageError =>
  StorageError.of("not_a_storage_endpoint", "what answers is no object store of Swift", {
    ...(status !== undefined && { status })
  })
