/**
 * A request that is answered with an error although no storage failed: a wrong body, header or path.
 */
import type { ErrorCode } from "@mooring/core/errorCodes"
import * as Data from "effect/Data"

/** `status` replaces that of the code. */
export class RequestRefused extends Data.TaggedError("RequestRefused")<{
  readonly code: ErrorCode
  readonly detail: string
  readonly status?: number
}> {}

/** Refuses with this code. */
export const refused = (code: ErrorCode, detail: string, status?: number): RequestRefused =>
  new RequestRefused({ code, detail, ...(status !== undefined && { status }) })
