/**
 * Programs that use a mount, as processes of their own: whatever the mount does, the test goes on.
 */
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"

/** What a program said and how it ended; a signal's name stands for a status. */
export interface Said {
  readonly status: number | string
  /** Standard output and standard error, as they came. */
  readonly output: string
}

/** A program that runs. */
export interface Program {
  readonly pid: number
  readonly output: () => string
  readonly signal: (signal: NodeJS.Signals) => void
  /** Waits for a text in the output. Dies if the program ends before. */
  readonly says: (text: string) => Effect.Effect<void>
  readonly ended: Effect.Effect<Said>
}

/** How a program is started. */
export interface Surroundings {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Standard input. */
  readonly input?: string
}

/** Ends what hangs; no program is meant to come near it, however slow the machine. */
const longest = 240_000

const environment = { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", LC_ALL: "C.UTF-8" }

/** Starts a program. It is killed with the Scope. */
export const start = (program: string, args: ReadonlyArray<string>, { cwd, env = {}, input = "" }: Surroundings = {}) =>
  Effect.acquireRelease(
    Effect.sync((): Program => {
      const child = spawn(program, args, { ...(cwd !== undefined && { cwd }), env: { ...environment, ...env } })
      let output = ""
      let end: Said["status"] | undefined
      const watchers = new Set<() => void>()
      const tell = () => {
        for (const watcher of watchers) watcher()
      }
      const hear = (data: Buffer) => {
        output += data.toString()
        tell()
      }
      child.stdout.on("data", hear)
      child.stderr.on("data", hear)
      // What does not read its input closes it.
      child.stdin.on("error", () => {})
      child.stdin.end(input)
      child.on("error", (error) => {
        end = `not started: ${error.message}`
        tell()
      })
      child.on("close", (status, signal) => {
        end ??= status ?? signal ?? "unknown"
        tell()
      })
      const when = <A>(found: () => A | undefined) =>
        Effect.callback<A>((resume) => {
          const check = () => {
            const value = found()
            if (value !== undefined) resume(Effect.succeed(value))
          }
          watchers.add(check)
          check()
          return Effect.sync(() => watchers.delete(check))
        }).pipe(
          Effect.timeoutOrElse({
            duration: longest,
            orElse: () => Effect.die(new Error(`${program} ${args.join(" ")} does not end: ${output}`))
          })
        )
      const ended = when(() => (end === undefined ? undefined : { status: end, output }))
      return {
        pid: child.pid ?? 0,
        output: () => output,
        signal: (signal) => child.kill(signal),
        says: (text) =>
          Effect.flatMap(
            when(() => (output.includes(text) ? true : end === undefined ? undefined : false)),
            (said) => (said ? Effect.void : Effect.die(new Error(`${program} ended with ${end}: ${output}`)))
          ),
        ended
      }
    }),
    ({ signal }) => Effect.sync(() => signal("SIGKILL"))
  )

/** Starts a script of bash; `$1`, `$2` … are the words. */
export const background = (script: string, words: ReadonlyArray<string> = [], surroundings?: Surroundings) =>
  start("bash", ["--norc", "-c", script, "bash", ...words], surroundings)

/** Runs a script of bash to its end. */
export const bash = (
  script: string,
  words: ReadonlyArray<string> = [],
  surroundings?: Surroundings
): Effect.Effect<Said> => Effect.scoped(Effect.flatMap(background(script, words, surroundings), ({ ended }) => ended))

/** Runs a script of bash, each line of which must succeed; its output without the last newline. */
export const succeeds = (
  script: string,
  words: ReadonlyArray<string> = [],
  surroundings?: Surroundings
): Effect.Effect<string> =>
  Effect.flatMap(bash(`set -euo pipefail\n${script}`, words, surroundings), ({ status, output }) =>
    status === 0 ? Effect.succeed(output.trimEnd()) : Effect.die(new Error(`status ${status}: ${output}\n${script}`))
  )
