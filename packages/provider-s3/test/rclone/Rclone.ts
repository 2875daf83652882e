/**
 * The `rclone` of this machine over the server that a setup booted. Where there is none, every test fails.
 *
 * It gets its options by the environment and finds no configuration. Three defaults of 1.60 are changed: its XML parser
 * refuses control characters, and it repeats the request for a minute, unless names in listings are URL-encoded and no
 * directory of such a name is listed by itself (servers repeat its name as it is); and it copies only one of two names
 * that are the same text in NFC and in NFD.
 */
import * as Effect from "effect/Effect"
import { execFile } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** The options of the plugin that rclone is given too. */
export interface ServerConfig {
  readonly provider: string
  readonly endpoint: string
  readonly access_key_id: string
  readonly secret_access_key: string
  readonly region: string
}

/** What a run printed, and 0 if all went well. */
export interface Run {
  readonly status: number
  readonly stdout: Buffer
  readonly stderr: string
}

/** What rclone lists of an object; `modified` is in microseconds since 1970. */
export interface Listed {
  readonly name: string
  readonly size: number
  readonly modified: number
  readonly md5: string | undefined
  readonly metadata: Readonly<Record<string, string>>
}

interface Printed {
  readonly Path: string
  readonly Size: number
  /** Nanoseconds: `2023-11-14T22:13:20.123456789Z`. */
  readonly ModTime: string
  readonly Hashes?: { readonly md5?: string }
  readonly Metadata?: Readonly<Record<string, string>>
}

const listed = ({ Path, Size, ModTime, Hashes, Metadata = {} }: Printed): Listed => ({
  name: Path,
  size: Size,
  modified: Date.parse(`${ModTime.slice(0, 19)}Z`) * 1000 + Math.round(Number(ModTime.slice(20, 29)) / 1000),
  md5: Hashes?.md5,
  metadata: Metadata
})

/** A new folder that is removed with the Scope. */
export const scratchFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "mooring-rclone-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

/** Where rclone finds the segments: `:s3:bucket/directory`. */
export const remoteOf = (path: ReadonlyArray<string>): string => `:s3:${path.join("/")}`

/** Runs rclone in a home of its own; options override the environment. */
export const makeRclone = Effect.fnUntraced(function* (config: ServerConfig) {
  const home = yield* scratchFolder
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    TZ: "UTC",
    RCLONE_CONFIG: join(home, "none"),
    RCLONE_RETRIES: "1",
    RCLONE_NO_UNICODE_NORMALIZATION: "true",
    RCLONE_S3_PROVIDER: config.provider,
    RCLONE_S3_ENDPOINT: config.endpoint,
    RCLONE_S3_ACCESS_KEY_ID: config.access_key_id,
    RCLONE_S3_SECRET_ACCESS_KEY: config.secret_access_key,
    RCLONE_S3_REGION: config.region,
    RCLONE_S3_LIST_URL_ENCODE: "true",
    RCLONE_FAST_LIST: "true",
    RCLONE_S3_CHUNK_SIZE: "5Mi",
    RCLONE_S3_UPLOAD_CUTOFF: "5Mi"
  }
  /** Whatever becomes of it. */
  const attempt = (...options: ReadonlyArray<string>) =>
    Effect.callback<Run>((resume) => {
      const child = execFile(
        "rclone",
        options,
        { env, encoding: "buffer", maxBuffer: 2 ** 26 },
        (error, stdout, stderr) => {
          const status = error === null ? 0 : error.code
          resume(
            typeof status === "number"
              ? Effect.succeed({ status, stdout, stderr: stderr.toString() })
              : Effect.die(new Error(`rclone does not run: ${error?.message}`))
          )
        }
      )
      return Effect.sync(() => child.kill())
    })
  /** What it printed; a failure fails the test. */
  const run = (...options: ReadonlyArray<string>) =>
    Effect.flatMap(attempt(...options), ({ status, stdout, stderr }) =>
      status === 0
        ? Effect.succeed(stdout)
        : Effect.die(new Error(`rclone ${options[0]} ended with ${status}: ${stderr}`))
    )
  /** All objects below, in the order of their names as UTF-16. */
  const list = (remote: string, ...options: ReadonlyArray<string>) =>
    Effect.map(run("lsjson", "-R", "--files-only", "--hash", "--metadata", ...options, remote), (stdout) =>
      (JSON.parse(stdout.toString()) as ReadonlyArray<Printed>)
        .map(listed)
        .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    )
  return { attempt, run, list }
})
