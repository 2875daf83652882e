/**
 * `pnpm bench`: boots the server of a provider, measures Mooring and rclone in turn at the same work, and prints a table
 * of both. `pnpm bench mount` measures what programs find in a directory that either has mounted.
 *
 *   pnpm bench [--provider s3] [--rounds 3] [--large 1024] [--many 2000] [--keys 20000] [--only put]
 *   pnpm bench mount [--provider s3] [--rounds 3] [--large 1024] [--many 1000] [--keys 10000] [--only read]
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { copies } from "./copies.ts"
import { mounts } from "./mount/mounts.ts"
import type { Config } from "./Provider.ts"
import { providers } from "./providers/index.ts"
import { root } from "./step.ts"

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    provider: { type: "string", default: "s3" },
    rounds: { type: "string", default: "3" },
    large: { type: "string", default: "1024" },
    many: { type: "string" },
    keys: { type: "string" },
    only: { type: "string", default: "" }
  }
})

const [what] = positionals
if (positionals.length > 1 || (what !== undefined && what !== "mount")) throw new Error("bench, or bench mount")
const provider = providers[values.provider]
if (provider === undefined) throw new Error(`--provider is one of ${Object.keys(providers).join(", ")}`)
const setup = join(root, "setups", provider.setup)

/** In memory where the machine has such a place: disks differ from run to run. */
const place = existsSync("/dev/shm") ? "/dev/shm" : tmpdir()
const scratch = mkdtempSync(join(place, "mooring-bench-"))
const server = join(scratch, "server")
try {
  const up = spawnSync(join(setup, "up"), [server], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] })
  if (up.status !== 0) throw new Error("the server did not start")
  const { config } = JSON.parse(up.stdout) as { readonly config: Config }
  const [measured, many, keys] = what === "mount" ? [mounts, "1000", "10000"] : [copies, "2000", "20000"]
  await measured(
    { id: values.provider, provider, config, server, scratch },
    {
      rounds: Number(values.rounds),
      large: Number(values.large),
      many: Number(values.many ?? many),
      keys: Number(values.keys ?? keys),
      only: values.only
    }
  )
} finally {
  spawnSync(join(setup, "down"), [server], { stdio: "inherit" })
  rmSync(scratch, { recursive: true, force: true })
}
