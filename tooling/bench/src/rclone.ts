/**
 * rclone: the newest release where Go can build it, else the one on PATH.
 */
import { existsSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import type { Command } from "./measure.ts"
import { settings, type Client, type Place, type Service } from "./Client.ts"
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

/**
 * What makes its work the same as Mooring's: it looks neither for the bucket nor for what is at the target. With
 * `--s3-no-head` it does not ask for small objects once they are stored; objects in parts fail with that flag. With
 * `--s3-disable-checksum` it does not read a file twice, to store the MD5 of the whole beside the parts.
 */
const flags = [
  "--config=",
  `--s3-chunk-size=${settings.chunk}B`,
  `--s3-upload-concurrency=${settings.parts}`,
  `--transfers=${settings.files}`,
  `--checkers=${settings.files}`,
  "--s3-no-check-bucket",
  "--no-check-dest"
]

/** A client that also does what is not measured. */
export interface Preparing extends Client {
  readonly makeBucket: (name: string) => Command
  /** Stores a file with its MD5, which whoever gets it compares. */
  readonly store: (from: Place, to: Place) => Command
  /** Removes all below a directory. */
  readonly purge: (path: string) => Command
}

/** rclone on this service, configured by the environment. */
export const rclone = (service: Service): Preparing => {
  const { AWS_CA_BUNDLE: _, ...inherited } = process.env
  const options = { type: "s3", ...service, provider: "Ceph" }
  const given = Object.entries(options).map(([name, value]) => [
    `RCLONE_CONFIG_BENCH_${name.toUpperCase()}`,
    String(value)
  ])
  const program = find()
  const command = (...args: ReadonlyArray<string>) => ({
    run: [program, ...flags, ...args],
    env: { ...inherited, ...Object.fromEntries(given) }
  })
  const named = ({ remote, path }: Place) => (remote ? `bench:${path}` : path)
  return {
    name: "rclone",
    version: step(command("version")).split("\n")[0] ?? "",
    copyOne: (from, to) => command("copyto", "--s3-disable-checksum", named(from), named(to)),
    copyAll: (from, to) => command("copy", "--s3-no-head", named(from), named(to)),
    list: (place) => command("lsl", "--fast-list", "--use-server-modtime", named(place)),
    makeBucket: (name) => command("mkdir", `bench:${name}`, "--s3-no-check-bucket=false"),
    store: (from, to) => command("copyto", named(from), named(to)),
    purge: (path) => command("purge", `bench:${path}`)
  }
}
