/**
 * Mooring as a user of npm has it: the packed command and the packed provider, installed with plain npm.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Client, Place } from "./Client.ts"
import type { Command } from "./measure.ts"
import type { Config, Provider } from "./Provider.ts"
import { root, step } from "./step.ts"

/** Packs and installs the command and these packages below the folder `scratch`; answers the path of the command. */
export const install = (scratch: string, packages: ReadonlyArray<string>): string => {
  const [tarballs, folder] = [join(scratch, "tarballs"), join(scratch, "mooring")]
  mkdirSync(folder)
  const { env } = process
  step({ run: ["tsc", "-b"], env })
  for (const path of ["packages/core", ...packages, "apps/cli"]) {
    step({ run: ["pnpm", "pack", "--pack-destination", tarballs], env }, join(root, path))
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }))
  const packed = readdirSync(tarballs).map((name) => join(tarballs, name))
  step({ run: ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", ...packed], env }, folder)
  return join(folder, "node_modules/.bin/mooring")
}

/** The command on a state of its own, to which the server of this config is connected as `bench`. */
export const connected = (
  program: string,
  state: string,
  id: string,
  { secret, options }: Pick<Provider, "secret" | "options">,
  config: Config
): ((...args: ReadonlyArray<string>) => Command) => {
  const env = { ...process.env, MOORING_STATE: state }
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
  return (...args) => ({ run: [program, ...args], env })
}

/** What it says of itself. */
export const versionOf = (command: Command): string => `${step(command)}, node ${process.version}`

/** Installs it below the folder `scratch` and connects the server of this config to the provider of this id. */
export const mooring = (scratch: string, id: string, provider: Provider, config: Config): Client => {
  const program = install(scratch, provider.packages)
  const command = connected(program, join(scratch, "state"), id, provider, config)
  const named = ({ remote, path }: Place) => (remote ? `bench:${path}` : path)
  return {
    name: "mooring",
    version: versionOf(command("--version")),
    copyOne: (from, to) => command("cp", named(from), named(to)),
    copyAll: (from, to) => command("cp", "-r", named(from), named(to)),
    list: (place) => command("ls", "-r", named(place))
  }
}
