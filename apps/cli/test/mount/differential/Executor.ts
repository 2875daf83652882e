/**
 * A process that does the steps of a program in one directory.
 */
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import type { Step } from "./Step.ts"

const script = fileURLToPath(new URL("executor.py", import.meta.url))

/** What came of a step: a value or an errno, as a line of JSON. */
export type Answer = string

/** Does one step. */
export type Execute = (step: Step) => Effect.Effect<Answer>

/** Starts it; its descriptors are closed with the Scope. */
export const executor = Effect.fnUntraced(function* (directory: string) {
  const child = yield* Effect.acquireRelease(
    Effect.sync(() => spawn("python3", [script, directory], { stdio: ["pipe", "pipe", "pipe"] })),
    (child) => Effect.sync(() => child.kill("SIGKILL"))
  )
  let complaint = ""
  child.stderr.on("data", (data) => (complaint += String(data)))
  child.stdin.on("error", () => {})
  const lines = createInterface({ input: child.stdout })
  const execute: Execute = (step) =>
    Effect.callback<Answer>((resume) => {
      const end = () => resume(Effect.die(new Error(`the executor ended: ${complaint}`)))
      const answer = (line: string) => {
        lines.off("close", end)
        resume(Effect.succeed(line))
      }
      lines.once("line", answer)
      lines.once("close", end)
      child.stdin.write(`${JSON.stringify(step)}\n`)
      return Effect.sync(() => {
        lines.off("line", answer)
        lines.off("close", end)
      })
    })
  return execute
})
