/**
 * The `rclone` of this machine over the server of the setup. Where there is none, every test fails.
 */
import * as Effect from "effect/Effect"
import { execFile } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { config } from "./setup.ts"

/** A new folder that is removed with the Scope. */
export const scratchFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "mooring-gcs-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

/** Runs rclone in a home of its own, with the options of the setup; what it printed. A failure fails the test. */
export const makeRclone = Effect.map(scratchFolder, (home) => {
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    TZ: "UTC",
    RCLONE_CONFIG: join(home, "none"),
    RCLONE_RETRIES: "1",
    RCLONE_NO_UNICODE_NORMALIZATION: "true",
    RCLONE_GCS_ANONYMOUS: "true",
    RCLONE_GCS_PROJECT_NUMBER: config.project_number,
    RCLONE_GCS_ENDPOINT: `${config.endpoint}/storage/v1/`
  }
  return (...options: ReadonlyArray<string>) =>
    Effect.callback<string>((resume) => {
      const child = execFile("rclone", options, { env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
        resume(
          error === null
            ? Effect.succeed(stdout)
            : Effect.die(new Error(`rclone ${options[0]}: ${error.message} ${stderr}`))
        )
      )
      return Effect.sync(() => child.kill())
    })
})
