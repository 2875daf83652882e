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
  /** The methods that the route takes, with 405. */
  readonly allow?: ReadonlyArray<string>
}> {}

/** Refuses with this code. */
export const refused = (code: ErrorCode, detail: string, status?: number): RequestRefused =>
  new RequestRefused({ code, detail, ...(status !== undefined && { status }) })

/** Refuses a method of a route that takes these (RFC 9110, 15.5.6). */
export const methodRefused = (allow: ReadonlyArray<string>): RequestRefused =>
  new RequestRefused({ code: "unsupported", detail: `this route takes ${allow.join(", ")}`, status: 405, allow })
