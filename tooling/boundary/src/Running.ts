/**
 * A program that runs while it is talked to: its lines are awaited, never a time.
 */
import { spawn, type ChildProcess } from "node:child_process"

/** A process and what it says. */
export interface Running {
  /** The first line that is not taken yet and that the function finds something in; fails if the process ends first. */
  readonly next: <A>(find: (line: string) => A | undefined) => Promise<A>
  readonly signal: (name: NodeJS.Signals) => void
  /** How it ended. */
  readonly ended: Promise<Ended>
}

/** How a process ended: its exit code, or the signal that ended it, and all that it printed. */
export interface Ended {
  readonly code: number | NodeJS.Signals | null
  readonly out: string
  readonly error: string
}

/** A check that fails ends this process, and what it started with it. */
const children = new Set<ChildProcess>()
process.once("exit", () => children.forEach((child) => child.kill("SIGKILL")))

/** Starts a program in a folder with exactly this environment. `input` is its standard input. */
export const start = (
  [program = "", ...args]: ReadonlyArray<string>,
  cwd: string,
  env: Readonly<Record<string, string>>,
  input = ""
): Running => {
  const child = spawn(program, args, { cwd, env: { ...env } })
  children.add(child)
  const lines: Array<string> = []
  let [out, error, rest] = ["", "", ""]
  let wake = () => {}
  let over = false
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text
    const whole = (rest + text).split("\n")
    rest = whole.pop() ?? ""
    lines.push(...whole)
    wake()
  })
  child.stderr.setEncoding("utf8").on("data", (text: string) => (error += text))
  child.stdin.on("error", () => {}).end(input)
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject)
    child.on("close", (code, signal) => {
      over = true
      children.delete(child)
      wake()
      resolve({ code: code ?? signal, out, error })
    })
  })
  const next = async <A>(find: (line: string) => A | undefined): Promise<A> => {
    for (;;) {
      while (lines.length > 0) {
        const found = find(lines.shift() as string)
        if (found !== undefined) return found
      }
      if (over) throw new Error(`the process ended before it said what was awaited: ${out}${error}`)
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  return { next, signal: (name) => child.kill(name), ended }
}
