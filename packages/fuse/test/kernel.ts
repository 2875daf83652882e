/**
 * What tests on a real kernel have in common: mounts that are gone afterwards, and programs that use them.
 */
import * as Effect from "effect/Effect"
import { spawn, spawnSync } from "node:child_process"
import { mkdtempSync, realpathSync, rmdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Filesystem } from "../src/Filesystem.ts"
import { mount } from "../src/mount.ts"
import type { MountOptions } from "../src/mount/MountOptions.ts"
import type { Serving } from "./serve.ts"

/** A new directory, which has no mount and does not exist afterwards. */
export const mountPoint = Effect.acquireRelease(
  Effect.sync(() => realpathSync(mkdtempSync(join(tmpdir(), "mooring fuse\\-")))),
  (folder) =>
    Effect.sync(() => {
      spawnSync("umount", ["-i", "-l", folder], { stdio: "ignore" })
      rmdirSync(folder)
    })
)

/** Mounts a filesystem of this process on a new directory. */
export const mounted = Effect.fnUntraced(function* (filesystem: Filesystem, options: Partial<MountOptions> = {}) {
  const point = yield* mountPoint
  return yield* mount(filesystem, { mountPoint: point, ...options })
})

/** What a program said and how it ended; a signal's name stands for a status. */
interface Said {
  readonly status: number | string
  readonly output: string
}

const longest = 30_000

/** Starts a program whose output is one text. It is killed with the Scope. */
const start = (program: string, args: ReadonlyArray<string>) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, LC_ALL: "C" } })
      let text = ""
      const watchers = new Set<() => void>()
      const hear = (data: Buffer | string) => {
        text += data.toString()
        for (const watcher of watchers) watcher()
      }
      child.stdout.on("data", hear)
      child.stderr.on("data", hear)
      let ended: Said["status"] | undefined
      child.on("error", () => {
        ended = "not started"
        hear("")
      })
      child.on("close", (status, signal) => {
        ended = status ?? signal ?? "unknown"
        hear("")
      })
      return { child, watchers, output: () => text, ended: () => ended }
    }),
    ({ child }) => Effect.sync(() => child.kill("SIGKILL"))
  )

type Program = Effect.Success<ReturnType<typeof start>>

/** Waits until something is true of a program's output or end. */
const when = (program: Program, holds: () => boolean) =>
  Effect.callback<void>((resume) => {
    const check = () => {
      if (holds()) resume(Effect.void)
    }
    program.watchers.add(check)
    check()
    return Effect.sync(() => program.watchers.delete(check))
  }).pipe(
    Effect.timeoutOrElse({ duration: longest, orElse: () => Effect.die(new Error(`waited: ${program.output()}`)) })
  )

/** Waits for a text in the output. An end before it is a failure. */
export const says = (program: Program, text: string) =>
  Effect.andThen(
    when(program, () => program.output().includes(text) || program.ended() !== undefined),
    Effect.suspend(() =>
      program.output().includes(text) ? Effect.void : Effect.die(new Error(`ended: ${program.output()}`))
    )
  )

/** Waits for the end. */
export const end = (program: Program): Effect.Effect<Said> =>
  Effect.map(
    when(program, () => program.ended() !== undefined),
    () => ({ status: program.ended()!, output: program.output() })
  )

/** Starts a script of bash; `$1`, `$2` … are the words. */
export const background = (script: string, ...words: ReadonlyArray<string>) =>
  start("bash", ["--norc", "-c", script, "bash", ...words])

/** Runs a script of bash to its end. */
export const bash = (script: string, ...words: ReadonlyArray<string>): Effect.Effect<Said> =>
  Effect.scoped(Effect.flatMap(background(script, ...words), end))

/** Runs a script that is expected to succeed; its output without the last newline. */
export const succeeds = (script: string, ...words: ReadonlyArray<string>): Effect.Effect<string> =>
  Effect.flatMap(bash(script, ...words), ({ status, output }) =>
    status === 0 ? Effect.succeed(output.trimEnd()) : Effect.die(new Error(`status ${status}: ${output}`))
  )

const serveScript = fileURLToPath(new URL("serve.ts", import.meta.url))

/** What starts the server where that is not simply this Node: a command that gets Node's as its last words. */
export interface Starter {
  readonly before?: ReadonlyArray<string>
  readonly node?: string
}

/** Starts a process that serves a filesystem in memory. */
export const serve = (
  serving: Serving,
  { before = [], node = process.execPath }: Starter = {}
): ReturnType<typeof start> => {
  const [program, ...args] = [...before, node, "--no-warnings", serveScript, JSON.stringify(serving)]
  return start(program as string, args)
}
