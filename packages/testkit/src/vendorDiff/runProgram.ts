/**
 * Vendors' clients in other languages: programs beside this process, which can meanwhile serve them.
 */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { execFile } from "node:child_process"

/** How a program is run. */
export interface RunProgramOptions {
  /** Its whole environment; none if absent. */
  readonly env?: Readonly<Record<string, string>>
  /** Milliseconds after which it is killed; a minute if absent. */
  readonly timeout?: number
}

/** A program that did not end with 0. */
export class ProgramError extends Data.TaggedError("ProgramError")<{
  readonly file: string
  /** What it wrote to stderr. */
  readonly said: string
}> {
  override get message(): string {
    return `${this.file}: ${this.said}`
  }
}

const maxOutput = 64 * 1024 * 1024

/** What a program prints; fails with what it says on stderr if it does not end with 0. Killed when nobody waits. */
export const runProgram = (
  file: string,
  args: ReadonlyArray<string>,
  { env = {}, timeout = 60_000 }: RunProgramOptions = {}
): Effect.Effect<Buffer, ProgramError> =>
  Effect.callback((resume) => {
    const options = {
      env: { ...env },
      timeout,
      killSignal: "SIGKILL",
      encoding: "buffer",
      maxBuffer: maxOutput
    } as const
    const child = execFile(file, [...args], options, (error, stdout, stderr) =>
      resume(error === null ? Effect.succeed(stdout) : Effect.fail(new ProgramError({ file, said: stderr.toString() })))
    )
    return Effect.sync(() => void child.kill("SIGKILL"))
  })
