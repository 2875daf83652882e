/**
 * The answer to a request that failed, rebuilt from the reason: nothing else of an error is shown.
 */
import { errorBody, type ErrorFacts } from "@mooring/contract"
import { StorageError } from "@mooring/core/StorageError"
import type { BackendRefused } from "@mooring/host"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import type { RequestRefused } from "./RequestRefused.ts"

/** What a handler may fail with. */
export type RequestError = StorageError | BackendRefused | RequestRefused

const factsOf = (error: RequestError): Omit<ErrorFacts, "requestId"> => {
  if (error._tag === "RequestRefused") {
    const { code, detail, status } = error
    return { code, detail, ...(status !== undefined && { status }) }
  }
  const { _tag: code, detail, retryable } = error.reason
  if (error._tag === "BackendRefused") {
    return { code, detail, retryable, status: 400, stages: error.stages, problems: error.problems }
  }
  const { pointer, suggestion } = error.reason
  const problem = { pointer: pointer ?? "#", code, detail, ...(suggestion !== undefined && { suggestion }) }
  return { code, detail, retryable, problems: suggestion === undefined && pointer === undefined ? [] : [problem] }
}

/** The answer. Headers of RFC 9110 go with 401, 405 and a reason that knows when to come back. */
export const errorAnswer = (error: RequestError, requestId: string): HttpServerResponse.HttpServerResponse => {
  const body = errorBody({ ...factsOf(error), requestId })
  const wait = StorageError.is(error) ? error.reason.retryAfter : undefined
  return HttpServerResponse.jsonUnsafe(body, {
    status: body.status,
    headers: {
      ...(body.status === 401 && { "www-authenticate": "Bearer" }),
      ...(error._tag === "RequestRefused" && error.allow && { allow: error.allow.join(", ") }),
      ...(wait !== undefined && { "retry-after": String(Math.ceil(wait / 1000)) })
    }
  })
}
