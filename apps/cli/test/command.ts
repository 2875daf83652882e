import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const main = fileURLToPath(new URL("../src/start.ts", import.meta.url))

/** How a run of the command ended. */
export interface Run {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

/** A folder of its own, and the command with its state there, as a child process. */
export const command = Effect.gen(function* () {
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "mooring-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
  )
  const state = join(folder, "state")
  const environment = { PATH: process.env["PATH"] ?? "", HOME: folder, MOORING_STATE: state, NO_COLOR: "1" }
  const run = (args: ReadonlyArray<string>, input = "", env: Record<string, string> = {}) =>
    Effect.callback<Run>((resume) => {
      const child = spawn(process.execPath, [main, ...args], {
        env: { ...environment, ...env }
      })
      let [out, error] = ["", ""]
      child.stdout.on("data", (block) => (out += String(block)))
      child.stderr.on("data", (block) => (error += String(block)))
      child.on("close", (code) => resume(Effect.succeed({ code, out, error })))
      child.stdin.end(input)
      return Effect.sync(() => child.kill())
    })
  return { folder, state, environment, run, main }
})
