/**
 * Why a backend was not connected: every problem with the options, or the stages of the test that failed.
 */
import { failedStage, type Stage } from "@mooring/core/ConnectionTest"
import type { Issue } from "@mooring/core/ProviderPlugin"
import { StorageError, type Reason } from "@mooring/core/StorageError"
import type { ErrorCode } from "@mooring/core/errorCodes"
import * as Data from "effect/Data"

/** One problem, as it is shown. */
export interface Problem {
  readonly pointer: string
  readonly code: ErrorCode
  readonly detail: string
  readonly suggestion?: string
}

const problemOf = ({ pointer = "#", _tag, detail, suggestion }: Reason): Problem => ({
  pointer,
  code: _tag,
  detail,
  ...(suggestion !== undefined && { suggestion })
})

const fieldOf = (pointer: string) => (pointer === "#" ? "" : `${pointer.slice(2)}: `)

/** The error; it has at least one problem. */
export class BackendRefused extends Data.TaggedError("BackendRefused")<{
  readonly reason: Reason
  readonly problems: ReadonlyArray<Problem>
  readonly stages: ReadonlyArray<Stage>
}> {
  override get message(): string {
    return this.reason.detail
  }

  /** Of problems with the options; at least one. */
  static ofIssues(issues: ReadonlyArray<Issue> | ReadonlyArray<Problem>): BackendRefused {
    const [first] = issues as readonly [Problem, ...ReadonlyArray<Problem>]
    const text = (issues as ReadonlyArray<Problem>).map(({ pointer, detail }) => fieldOf(pointer) + detail).join("; ")
    const { reason } = StorageError.of(first.code, text, { pointer: first.pointer })
    return new BackendRefused({ reason, problems: issues as ReadonlyArray<Problem>, stages: [] })
  }

  /** Of one error. */
  static because({ reason }: StorageError): BackendRefused {
    return new BackendRefused({ reason, problems: [problemOf(reason)], stages: [] })
  }

  /** Of a test in which a stage failed; undefined if none did. */
  static ofStages(stages: ReadonlyArray<Stage>): BackendRefused | undefined {
    const failed = failedStage(stages)
    if (failed === undefined) return undefined
    const { stage, outcome: _, duration: __, code = "provider_unavailable", detail, ...blame } = failed
    const { reason } = StorageError.of(code, detail ?? `the stage ${stage} failed`, blame)
    return new BackendRefused({ reason, problems: [problemOf(reason)], stages })
  }
}
