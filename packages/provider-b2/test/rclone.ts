/**
 * The `rclone` of this machine over the server of the setup. Where there is none, every test fails.
 */
import { runProgram } from "@mooring/testkit/vendorDiff"
import * as Effect from "effect/Effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { config } from "./service.ts"

/** A new folder that is removed with the Scope. */
export const scratchFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "mooring-b2-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

/** Runs rclone in a home of its own, with the options of the setup. */
export const makeRclone = Effect.map(scratchFolder, (home) => {
  const env = {
    PATH: process.env["PATH"] ?? "",
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
  return (...options: ReadonlyArray<string>) => Effect.orDie(runProgram("rclone", options, { env }))
})
