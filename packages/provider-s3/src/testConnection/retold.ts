/**
 * An error told anew.
 */
import { StorageError } from "@mooring/core"
import type { ErrorCode } from "@mooring/core/errorCodes"
import type { ReasonFields } from "@mooring/core/StorageError"

/** Another code and detail for an error that keeps its status, request id and whether it is worth another try. */
export const retold = (
  error: StorageError,
  code: ErrorCode,
  detail: string,
  fields: ReasonFields = {}
): StorageError => {
  const { _tag: _code, detail: _detail, ...facts } = error.reason
  return StorageError.of(code, detail, { ...facts, ...fields })
}
