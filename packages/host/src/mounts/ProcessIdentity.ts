/**
 * Which process it is: ids of processes are used again, ids with the time of their start are not.
 */
import * as Effect from "effect/Effect"
import { readFileSync } from "node:fs"

/** A process of this machine. */
export interface ProcessIdentity {
  readonly pid: number
  /** When it started, in the kernel's clock ticks since boot; empty where the system does not tell. */
  readonly started: string
}

/** Field 22 of the process's line, after its name, which may hold blanks and parentheses (proc_pid_stat(5)). */
const startOf = (pid: number): string | undefined => {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8")
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ")
    // What has ended and was not waited for by its parent is still listed.
    return /^[ZXx]/.test(fields[0] ?? "") ? undefined : fields[19]
  } catch {
    return undefined
  }
}

/** This process. */
export const thisProcess: Effect.Effect<ProcessIdentity> = Effect.sync(() => ({
  pid: process.pid,
  started: startOf(process.pid) ?? ""
}))

/** Whether it still runs. */
export const isRunning = ({ pid, started }: ProcessIdentity): Effect.Effect<boolean> =>
  Effect.sync(() => {
    const now = startOf(pid)
    return now !== undefined && now === started
  })
