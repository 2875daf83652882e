/**
 * One run of a command: how long it took, how much of the processors and of memory.
 */
import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { createInterface } from "node:readline"
import { text } from "node:stream/consumers"
import { setInterval } from "node:timers/promises"

/** What is run, and where. */
export interface Command {
  readonly run: ReadonlyArray<string>
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface Measurement {
  /** Seconds from start to end. */
  readonly wall: number
  /** Seconds of processor time, user and system, of the process and, where it was run to its end, all that it waited for. */
  readonly processor: number
  /** MiB: the most that was resident at once (VmHWM). */
  readonly memory: number
}

/** Runs the command in the background, says its pid, and at the end the times of all children (bash's `times`). */
const script = `"$@" >/dev/null & echo $!; wait $!; code=$?; times; exit $code`

const sampleMillis = 10

/** The high-water mark of a process so far in MiB; undefined once it is gone. */
export const highWaterMark = (pid: string): number | undefined => {
  try {
    const match = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))
    return match === null ? undefined : Number(match[1]) / 1024
  } catch {
    return undefined
  }
}

const secondsIn = (times: string): number =>
  [...times.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0
  )

/** Runs a command to its end; throws if it fails, with what it said. */
export const measure = async ({ run, env }: Command): Promise<Measurement> => {
  const started = performance.now()
  const child = spawn("bash", ["-c", script, "bash", ...run], { env, stdio: ["ignore", "pipe", "pipe"] })
  const closed = once(child, "close")
  const complaints = text(child.stderr)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const pid = String((await lines.next()).value)
  let memory = 0
  const sampling = new AbortController()
  const sampled = (async () => {
    for await (const _ of setInterval(sampleMillis, undefined, { signal: sampling.signal })) {
      memory = Math.max(memory, highWaterMark(pid) ?? 0)
    }
  })().catch(() => {})
  // The first line of `times` is the shell's own.
  await lines.next()
  const children = String((await lines.next()).value)
  const wall = (performance.now() - started) / 1000
  const [code] = (await closed) as [number]
  sampling.abort()
  await sampled
  if (code !== 0) throw new Error(`${run.join(" ")} ended with ${code}: ${await complaints}`)
  return { wall, processor: secondsIn(children), memory }
}
