/**
 * The stages of a connection test as JSON.
 */
import { stageNames, type Stage } from "@mooring/core/ConnectionTest"
import * as Schema from "effect/Schema"

/** One stage. `duration` is milliseconds; `request_id` is the provider's own. */
export const StageJson = Schema.Struct({
  stage: Schema.Literals(stageNames),
  outcome: Schema.Literals(["passed", "failed", "skipped", "unverified"]),
  code: Schema.optionalKey(Schema.String),
  pointer: Schema.optionalKey(Schema.String),
  detail: Schema.optionalKey(Schema.String),
  suggestion: Schema.optionalKey(Schema.String),
  duration: Schema.Finite,
  request_id: Schema.optionalKey(Schema.String)
})

/** A stage as JSON, field by field: nothing else of it gets out. */
export const stageJson = ({ stage, outcome, code, pointer, detail, suggestion, duration, requestId }: Stage) => ({
  stage,
  outcome,
  ...(code !== undefined && { code }),
  ...(pointer !== undefined && { pointer }),
  ...(detail !== undefined && { detail }),
  ...(suggestion !== undefined && { suggestion }),
  duration,
  ...(requestId !== undefined && { request_id: requestId })
})

/** The answer of a test: 200 whether or not it passed. */
export const TestAnswer = Schema.Struct({
  success: Schema.Boolean,
  message: Schema.String,
  data: Schema.Struct({ stages: Schema.Array(StageJson) })
})
