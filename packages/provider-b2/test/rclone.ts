/**
 * The `rclone` of this machine over the server of the setup. Where there is none, every test fails.
 */
import * as Effect from "effect/Effect"
import { execFile } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { config } from "./service.ts"

/** A new folder that is removed with the Scope. */
export const scratchFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "mooring-b2-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

/** Runs a program; what it printed, and a failure fails the test. */
export const runProgram = (program: string, options: ReadonlyArray<string>, env: NodeJS.ProcessEnv) =>
  Effect.callback<Buffer>((resume) => {
    const child = execFile(program, options, { env, encoding: "buffer", maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resume(
        error === null
          ? Effect.succeed(stdout)
          : Effect.die(new Error(`${program} ${options[0]}: ${error.message} ${stderr}`))
      )
    )
    return Effect.sync(() => child.kill())
  })

/** Runs rclone in a home of its own, with the options of the setup. */
export const makeRclone = Effect.map(scratchFolder, (home) => {
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    TZ: "UTC",
    RCLONE_CONFIG: join(home, "none"),
    RCLONE_RETRIES: "1",
    RCLONE_NO_UNICODE_NORMALIZATION: "true",
    RCLONE_B2_ACCOUNT: config.account,
    RCLONE_B2_KEY: config.key,
    RCLONE_B2_ENDPOINT: config.endpoint,
    RCLONE_B2_CHUNK_SIZE: "5Mi",
    RCLONE_B2_UPLOAD_CUTOFF: "5Mi"
  }
  return (...options: ReadonlyArray<string>) => runProgram("rclone", options, env)
})
