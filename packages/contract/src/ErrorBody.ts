/**
 * The one body of every error: the specification's two members, and those of RFC 9457 beside them.
 */
import type { Stage } from "@mooring/core/ConnectionTest"
import { errorCodes, type ErrorCode } from "@mooring/core/errorCodes"
import * as Schema from "effect/Schema"
import { stageJson, StageJson } from "./Stages.ts"

const Code = Schema.Literals(Object.keys(errorCodes) as ReadonlyArray<ErrorCode> as [ErrorCode, ...Array<ErrorCode>])

/** One problem with one place of the request. */
export const ProblemJson = Schema.Struct({
  /** JSON pointer as a fragment: `#/endpoint`; `#` is the body itself. */
  pointer: Schema.String,
  code: Code,
  detail: Schema.String,
  suggestion: Schema.optionalKey(Schema.String)
})

/** The body. `error` and `detail` are the same sentence. */
export const ErrorBody = Schema.Struct({
  success: Schema.Literal(false),
  error: Schema.String,
  type: Schema.String,
  title: Schema.String,
  status: Schema.Int,
  detail: Schema.String,
  instance: Schema.String,
  code: Code,
  retryable: Schema.Boolean,
  request_id: Schema.String,
  stages: Schema.Array(StageJson),
  errors: Schema.Array(ProblemJson)
})
export type ErrorBody = typeof ErrorBody.Type

/** What a body is made of. */
export interface ErrorFacts {
  readonly code: ErrorCode
  readonly detail: string
  readonly retryable?: boolean
  /** Instead of the table's: a connection that failed is 400 whatever the reason. */
  readonly status?: number
  readonly requestId: string
  readonly stages?: ReadonlyArray<Stage>
  readonly problems?: ReadonlyArray<typeof ProblemJson.Type>
}

/** The body of an error; pure. */
export const errorBody = (facts: ErrorFacts): ErrorBody => {
  const { code, detail, requestId, stages = [], problems = [] } = facts
  const meaning = errorCodes[code]
  return {
    success: false,
    error: detail,
    type: `urn:mooring:error:${code}`,
    title: meaning.title,
    status: facts.status ?? meaning.status,
    detail,
    instance: `urn:mooring:request:${requestId}`,
    code,
    retryable: facts.retryable ?? meaning.retryable,
    request_id: requestId,
    stages: stages.map(stageJson),
    errors: problems
  }
}
