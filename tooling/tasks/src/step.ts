/**
 * Running one command of a task, and saying how long it took.
 */
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"

/** The root of the repository. */
export const root = fileURLToPath(new URL("../../../", import.meta.url))

/** A command, from the root of the repository unless it says otherwise. */
export interface Command {
  readonly name: string
  readonly run: ReadonlyArray<string>
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a command with its output shown; false if it failed. */
export const step = ({ name, run: [program, ...args], cwd = root, env = {} }: Command): boolean => {
  const started = performance.now()
  const { status, error } = spawnSync(program as string, args, {
    cwd,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env }
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const passed = error === undefined && status === 0
  process.stdout.write(`${passed ? "passed" : "FAILED"}  ${name}  ${seconds} s\n`)
  return passed
}

/** Runs all commands, so that one failure does not hide another, and sets the exit code. */
export const steps = (commands: ReadonlyArray<Command>): boolean => {
  const failed = commands.filter((command) => !step(command))
  if (failed.length > 0) process.stdout.write(`failed: ${failed.map(({ name }) => name).join(", ")}\n`)
  process.exitCode = failed.length === 0 ? 0 : 1
  return failed.length === 0
}
