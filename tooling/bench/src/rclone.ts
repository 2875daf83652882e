/**
 * rclone: the newest release where Go can build it, else the one on PATH.
 */
import { existsSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import type { Command } from "./measure.ts"
import type { Client, Place } from "./Client.ts"
import { same, type Config, type Remote } from "./Provider.ts"
import { step } from "./step.ts"

const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "mooring-bench")

/** Builds the newest release once, into the cache folder of the user. */
const find = (): string => {
  const built = join(cache, "bin/rclone")
  if (existsSync(built)) return built
  try {
    step({
      run: ["go", "install", "github.com/rclone/rclone@latest"],
      env: { ...process.env, GOPATH: join(cache, "go"), GOBIN: join(cache, "bin"), GOFLAGS: "-modcacherw" }
    })
    return built
  } catch {
    return "rclone"
  }
}

/** What makes its work the same as Mooring's, whatever the provider: it does not look for what is at the target. */
const common = ["--config=", `--transfers=${same.files}`, `--checkers=${same.files}`, "--no-check-dest"]

/** A client that also does what is not measured. */
export interface Preparing extends Client {
  readonly makeContainer: (name: string) => Command
  /** Stores a file with its MD5, which whoever gets it compares. */
  readonly store: (from: Place, to: Place) => Command
  /** Removes all below a directory. */
  readonly purge: (path: string) => Command
  /** Prints as JSON how many objects are below a directory, and their bytes. */
  readonly size: (path: string) => Command
  /** Mounts a path at a directory and serves it until it is interrupted. */
  readonly mount: (path: string, directory: string, flags: ReadonlyArray<string>) => Command
}

/** rclone on the server of this config. */
export const rclone = (of: Remote, config: Config): Preparing => {
  const { AWS_CA_BUNDLE: _, ...inherited } = process.env
  const given = Object.entries(of.optionsOf(config)).map(([name, value]) => [
    `RCLONE_CONFIG_BENCH_${name.toUpperCase()}`,
    String(value)
  ])
  const program = find()
  const command = (...args: ReadonlyArray<string>) => ({
    run: [program, ...common, ...of.flags, ...args],
    env: { ...inherited, ...Object.fromEntries(given) }
  })
  const named = ({ remote, path }: Place) => (remote ? `bench:${path}` : path)
  return {
    name: "rclone",
    version: step(command("version")).split("\n")[0] ?? "",
    copyOne: (from, to) => command("copyto", ...(of.copyOne ?? []), named(from), named(to)),
    copyAll: (from, to) => command("copy", ...(of.copyAll ?? []), named(from), named(to)),
    list: (place) => command("lsl", "--fast-list", "--use-server-modtime", named(place)),
    makeContainer: (name) => command("mkdir", ...(of.makeContainer ?? []), `bench:${name}`),
    store: (from, to) => command("copyto", named(from), named(to)),
    purge: (path) => command("purge", `bench:${path}`),
    size: (path) => command("size", "--json", `bench:${path}`),
    mount: (path, directory, flags) => command("mount", ...(of.mount ?? []), ...flags, `bench:${path}`, directory)
  }
}
