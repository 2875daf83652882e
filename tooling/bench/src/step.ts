/**
 * Steps of the preparation, which are not measured.
 */
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import type { Command } from "./measure.ts"

/** The root of the repository. */
export const root = fileURLToPath(new URL("../../../", import.meta.url))

/** Runs a command and answers what it printed; throws if it fails, with what it said. */
export const step = ({ run: [program = "", ...args], env }: Command, cwd = root): string => {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, encoding: "utf8", maxBuffer: 2 ** 28 })
  if (error !== undefined) throw new Error(`${program} cannot be run: ${error.message}`)
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${stdout}${stderr}`)
  return stdout.trim()
}
