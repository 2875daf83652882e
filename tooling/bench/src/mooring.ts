/**
 * Mooring as a user of npm has it: the packed command and the packed provider, installed with plain npm.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Client, Place } from "./Client.ts"
import type { Config, Provider } from "./Provider.ts"
import { root, step } from "./step.ts"

const install = (scratch: string, packages: ReadonlyArray<string>): string => {
  const [tarballs, folder] = [join(scratch, "tarballs"), join(scratch, "mooring")]
  mkdirSync(folder)
  const { env } = process
  step({ run: ["tsc", "-b"], env })
  for (const path of packages) {
    step({ run: ["pnpm", "pack", "--pack-destination", tarballs], env }, join(root, path))
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }))
  const packed = readdirSync(tarballs).map((name) => join(tarballs, name))
  step({ run: ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", ...packed], env }, folder)
  return join(folder, "node_modules/.bin/mooring")
}

/** Installs it below the folder `scratch` and connects the server of this config to the provider of this id. */
export const mooring = (
  scratch: string,
  id: string,
  { packages, secret, options }: Provider,
  config: Config
): Client => {
  const program = install(scratch, ["packages/core", ...packages, "apps/cli"])
  const env = { ...process.env, MOORING_STATE: join(scratch, "state") }
  const command = (...args: ReadonlyArray<string>) => ({ run: [program, ...args], env })
  const all = Object.entries({ ...config, ...options })
  const given = all
    .filter(([name]) => name !== secret)
    .map(([name, value]) => `--${name.replaceAll("_", "-")}=${String(value)}`)
  const hidden = all
    .filter(([name]) => name === secret)
    .map(([name, value]) => [`MOORING_${id}_${name}`.toUpperCase().replaceAll("-", "_"), String(value)])
  step({
    run: [program, "connect", id, "--name", "bench", ...given],
    env: { ...env, ...Object.fromEntries(hidden) }
  })
  const named = ({ remote, path }: Place) => (remote ? `bench:${path}` : path)
  return {
    name: "mooring",
    version: `${step(command("--version"))}, node ${process.version}`,
    copyOne: (from, to) => command("cp", named(from), named(to)),
    copyAll: (from, to) => command("cp", "-r", named(from), named(to)),
    list: (place) => command("ls", "-r", named(place))
  }
}
