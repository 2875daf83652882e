/**
 * One run of a row in a new mount, so that neither the kernel nor the program has anything cached.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { setTimeout } from "node:timers/promises"
import { highWaterMark, type Measurement } from "../measure.ts"
import type { Mounter } from "./Mounter.ts"
import type { MountRow } from "./rows.ts"

/** The kernel counts the time of processes in hundredths of a second (`getconf CLK_TCK`). */
const ticks = 100
/** How often the table of mounts is looked at until the directory is in it, in milliseconds. */
const interval = 20

const isMounted = (directory: string): boolean =>
  readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .some((line) => line.split(" ")[4] === directory)

/** User and system time of a process so far, without its children, in seconds: fields 14 and 15 of proc_pid_stat(5). */
const processorTime = (pid: number): number => {
  const line = readFileSync(`/proc/${pid}/stat`, "utf8")
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ")
  return (Number(fields[11]) + Number(fields[12])) / ticks
}

/**
 * Mounts, does what is not measured and what is, and unmounts. The time is that of the row until all is stored; the
 * processor time is that of the mount's process meanwhile, and the memory the most since it began.
 */
export const measureMount = async (row: MountRow, mounter: Mounter): Promise<Measurement> => {
  // Not below /dev, where the files are: Mooring mounts nothing there.
  const directory = mkdtempSync(join(tmpdir(), "mooring-bench-"))
  const { run, env } = mounter.mount(row.path, directory, row.writes)
  const [program = "", ...args] = run
  const child = spawn(program, args, { env, stdio: ["ignore", "ignore", "pipe"] })
  const exit = once(child, "exit")
  const complaints = text(child.stderr)
  const pid = child.pid ?? 0
  while (!isMounted(directory)) {
    if (child.exitCode !== null) throw new Error(`${run.join(" ")} ended: ${await complaints}`)
    await setTimeout(interval)
  }
  try {
    row.before?.(directory)
    const [started, processor] = [performance.now(), processorTime(pid)]
    row.work(directory)
    const ended = row.isStored === undefined ? performance.now() : await mounter.stored(row.isStored)
    return {
      wall: (ended - started) / 1000,
      processor: processorTime(pid) - processor,
      memory: highWaterMark(String(pid)) ?? 0
    }
  } finally {
    child.kill("SIGINT")
    const [code] = (await exit) as [number | null]
    if (code !== 0 && code !== 130) console.error(`${run.join(" ")} ended with ${code}: ${await complaints}`)
    rmdirSync(directory)
  }
}
