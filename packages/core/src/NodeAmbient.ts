/**
 * The host's environment, files and programs, behind a policy.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { execFile } from "node:child_process"
import { constants } from "node:fs"
import * as fs from "node:fs/promises"
import { homedir } from "node:os"
import * as nodePath from "node:path"
import { Ambient } from "./Ambient.ts"
import { StorageError } from "./StorageError.ts"

/** What of the host providers get. */
export interface AmbientPolicy {
  readonly env: Readonly<Record<string, string | undefined>>
  /** `all`, `none`, or the folders whose files may be read and nothing else. */
  readonly allow: "all" | "none" | { readonly folders: ReadonlyArray<string> }
}

const maxFile = 1024 * 1024
const maxOutput = 1024 * 1024
const programTimeout = 30_000

const forbiddenPath = StorageError.of("server_path_forbidden", "files of the server are not permitted here")
const forbiddenIdentity = StorageError.of(
  "ambient_credentials_forbidden",
  "the server's own identity is not permitted here"
)

const codes: Readonly<Record<string, StorageError>> = {
  ENOENT: StorageError.of("not_found", "the file does not exist"),
  ENOTDIR: StorageError.of("not_found", "the file does not exist"),
  EACCES: StorageError.of("permission_denied", "the file may not be read"),
  EPERM: StorageError.of("permission_denied", "the file may not be read")
}

const fileError = (error: unknown): StorageError =>
  codes[String((error as { readonly code?: unknown }).code)] ??
  StorageError.of("invalid_value", "the file cannot be read")

const expand = (path: string): string =>
  path === "~" || path.startsWith("~/") ? nodePath.join(homedir(), path.slice(1)) : nodePath.resolve(path)

/** A regular file of bounded size; a device or a pipe would never end. */
const readRegular = (path: string) =>
  Effect.acquireUseRelease(
    Effect.tryPromise({ try: () => fs.open(path, constants.O_RDONLY | constants.O_NONBLOCK), catch: fileError }),
    (handle) =>
      Effect.gen(function* () {
        const stats = yield* Effect.tryPromise({ try: () => handle.stat(), catch: fileError })
        if (!stats.isFile()) return yield* StorageError.of("invalid_value", "this is not a regular file")
        const buffer = Buffer.alloc(maxFile + 1)
        const { bytesRead } = yield* Effect.tryPromise({
          try: () => handle.read(buffer, 0, maxFile + 1, 0),
          catch: fileError
        })
        if (bytesRead > maxFile) return yield* StorageError.of("invalid_value", "the file is larger than 1 MiB")
        return new Uint8Array(buffer.subarray(0, bytesRead))
      }),
    (handle) => Effect.promise(() => handle.close())
  )

const realPath = (path: string) => Effect.tryPromise({ try: () => fs.realpath(path), catch: () => forbiddenPath })

const holds = (folder: string, path: string) =>
  Effect.match(realPath(expand(folder)), {
    onFailure: () => false,
    onSuccess: (real) => path.startsWith(real.endsWith(nodePath.sep) ? real : real + nodePath.sep)
  })

/** Where a path really leads must be in a permitted folder; what does not exist is refused in the same words. */
const permitted = Effect.fnUntraced(function* (path: string, allow: AmbientPolicy["allow"]) {
  if (allow === "all") return path
  if (allow === "none") return yield* forbiddenPath
  const real = yield* realPath(path)
  for (const folder of allow.folders) if (yield* holds(folder, real)) return real
  return yield* forbiddenPath
})

const failed = (why: string) => StorageError.of("auth_invalid", `the program that gives credentials ${why}`)

/** The program is killed, not asked to end, when its time is over or the caller leaves; its pipes close with it. */
const runProgram = (program: string, args: ReadonlyArray<string>, env: AmbientPolicy["env"]) =>
  Effect.callback<string, StorageError>((resume) => {
    const options = { env, maxBuffer: maxOutput, killSignal: "SIGKILL", shell: false } as const
    const child = execFile(program, args, options, (error, stdout) =>
      resume(error === null ? Effect.succeed(stdout) : Effect.fail(failed("failed, said too much or is not installed")))
    )
    return Effect.sync(() => {
      child.kill("SIGKILL")
      child.stdout?.destroy()
      child.stderr?.destroy()
    })
  }).pipe(
    Effect.timeoutOrElse({ duration: programTimeout, orElse: () => Effect.fail(failed("did not end within 30 s")) })
  )

/** The door under a policy. */
export const layer = ({ env, allow }: AmbientPolicy): Layer.Layer<Ambient> =>
  Layer.succeed(Ambient, {
    env: (name) => (allow === "all" ? Effect.sync(() => env[name]) : Effect.fail(forbiddenIdentity)),
    readFile: (path) => Effect.flatMap(permitted(expand(path), allow), readRegular),
    run: (program, args) => (allow === "all" ? runProgram(program, args, env) : Effect.fail(forbiddenIdentity))
  })
