/**
 * `pnpm bench`: boots the server of a provider, measures Mooring and rclone in turn at the same work, and prints a table
 * of both.
 *
 *   pnpm bench [--provider s3] [--rounds 3] [--large 1024] [--many 2000] [--keys 20000] [--only put]
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { cpus, loadavg, tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { local, remote, type Client } from "./Client.ts"
import { measure, type Measurement } from "./measure.ts"
import { mooring } from "./mooring.ts"
import type { Config } from "./Provider.ts"
import { providers } from "./providers/index.ts"
import { rclone } from "./rclone.ts"
import { container, rowsOf, type Row } from "./rows.ts"
import { root, step } from "./step.ts"
import { table, type Result } from "./table.ts"

const { values } = parseArgs({
  options: {
    provider: { type: "string", default: "s3" },
    rounds: { type: "string", default: "3" },
    large: { type: "string", default: "1024" },
    many: { type: "string", default: "2000" },
    keys: { type: "string", default: "20000" },
    only: { type: "string", default: "" }
  }
})

const provider = providers[values.provider]
if (provider === undefined) throw new Error(`--provider is one of ${Object.keys(providers).join(", ")}`)
const setup = join(root, "setups", provider.setup)
const say = (line: string) => process.stdout.write(`${line}\n`)
const load = () => `load ${loadavg()[0]?.toFixed(1)}`

/** Runs the clients in turn, the other one first in every second round. */
const runRow = async (row: Row, clients: readonly [Client, Client], rounds: number): Promise<Result> => {
  row.begin()
  const runs: Record<string, Array<Measurement>> = { mooring: [], rclone: [] }
  for (let round = 0; round < rounds; round += 1) {
    for (const client of round % 2 === 0 ? clients : clients.toReversed()) {
      const run = await measure(row.command(client))
      runs[client.name]?.push(run)
      const { wall, processor, memory } = run
      say(
        `${row.name}, ${client.name}: ${wall.toFixed(2)} s, CPU ${processor.toFixed(2)} s, ${memory.toFixed(0)} MiB, ${load()}`
      )
      row.end()
    }
  }
  return { row: row.name, mooring: runs["mooring"] ?? [], rclone: runs["rclone"] ?? [] }
}

/** In memory where the machine has such a place: disks differ from run to run. */
const place = existsSync("/dev/shm") ? "/dev/shm" : tmpdir()
const scratch = mkdtempSync(join(place, "mooring-bench-"))
const server = join(scratch, "server")
try {
  const up = spawnSync(join(setup, "up"), [server], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] })
  if (up.status !== 0) throw new Error("the server did not start")
  const { config } = JSON.parse(up.stdout) as { readonly config: Config }
  const other = rclone(provider.rclone, config)
  const clients = [mooring(scratch, values.provider, provider, config), other] as const
  const files = join(scratch, "files")
  mkdirSync(files)
  step(other.makeContainer(container))
  say(provider.setup)
  say(clients.map(({ name, version }) => `${name}: ${version}`).join("\n"))
  say(`${cpus().length} processors, ${load()}`)
  const rows = rowsOf(
    { large: Number(values.large), many: Number(values.many), keys: Number(values.keys) },
    {
      folder: files,
      prepare: other,
      run: step,
      clear: (path) => {
        step(other.purge(path))
        if (provider.settle !== undefined) step(provider.settle(server))
      }
    }
  )
  // The first write makes some servers build what all others find.
  step(other.copyOne(local(join(root, "package.json")), remote(`${container}/first`)))
  const results: Array<Result> = []
  for (const row of rows.filter(({ name }) => name.includes(values.only))) {
    results.push(await runRow(row, clients, Number(values.rounds)))
  }
  say(table(results))
} finally {
  spawnSync(join(setup, "down"), [server], { stdio: "inherit" })
  rmSync(scratch, { recursive: true, force: true })
}
