/**
 * What is printed: lines for people, or JSON for programs.
 */
import { errorBody } from "@mooring/contract"
import type { StorageError } from "@mooring/core/StorageError"
import type { BackendRefused } from "@mooring/host"
import * as Console from "effect/Console"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"

/** A command that failed, after it said why; the process ends with this code. */
export class CommandFailed extends Data.TaggedError("CommandFailed")<{ readonly exitCode: number }> {}

/** Text that cannot drive the terminal: control characters are shown as escapes. */
export const safe = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`
  )

/** One line of output: the text, or the value as one line of JSON. */
export const print = (json: boolean, text: string, value: unknown) => Console.log(json ? JSON.stringify(value) : text)

/** The flag that a pointer blames, to begin a line with; nothing for the body as a whole. */
export const place = (pointer = "#"): string => (pointer === "#" ? "" : `--${pointer.slice(2).replaceAll("_", "-")}: `)

/** Says why a command failed, every problem on its own line, and fails. */
export const fail = Effect.fnUntraced(function* (json: boolean, error: StorageError | BackendRefused) {
  const { _tag: code, detail, retryable, suggestion } = error.reason
  const problems = error._tag === "BackendRefused" ? error.problems : []
  const stages = error._tag === "BackendRefused" ? error.stages : []
  if (json) {
    yield* Console.error(JSON.stringify(errorBody({ code, detail, retryable, requestId: "cli", problems, stages })))
    return yield* new CommandFailed({ exitCode: 1 })
  }
  const lines = problems.map(
    (one) => `  ${place(one.pointer)}${one.detail}${one.suggestion ? ` (try ${one.suggestion})` : ""}`
  )
  const hint = problems.length === 0 && suggestion !== undefined ? ` (try ${suggestion})` : ""
  yield* Console.error(
    [`error: ${code}: ${safe(detail)}${hint}`, ...(lines.length > 1 || stages.length > 0 ? lines.map(safe) : [])].join(
      "\n"
    )
  )
  return yield* new CommandFailed({ exitCode: 1 })
})
