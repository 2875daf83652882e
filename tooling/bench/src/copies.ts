/**
 * `pnpm bench`: the command of each, at copies and listings.
 */
import { mkdirSync } from "node:fs"
import { cpus } from "node:os"
import { join } from "node:path"
import { local, remote } from "./Client.ts"
import { inTurn, load, say } from "./inTurn.ts"
import { measure } from "./measure.ts"
import { mooring } from "./mooring.ts"
import { rclone } from "./rclone.ts"
import { container, rowsOf, type Sizes } from "./rows.ts"
import type { Scene } from "./Scene.ts"
import { root, step } from "./step.ts"
import { table, type Result } from "./table.ts"

/** Which rows, how large, how often. */
export interface CopiesOptions extends Sizes {
  readonly rounds: number
  /** Rows whose names have this in them. */
  readonly only: string
}

/** Measures all rows and prints the table. */
export const copies = async (scene: Scene, { rounds, only, ...sizes }: CopiesOptions): Promise<void> => {
  const { id, provider, config, server, scratch } = scene
  const other = rclone(provider.rclone, config)
  const clients = [mooring(scratch, id, provider, config), other] as const
  const files = join(scratch, "files")
  mkdirSync(files)
  step(other.makeContainer(container))
  say(provider.setup)
  say(clients.map(({ name, version }) => `${name}: ${version}`).join("\n"))
  say(`${cpus().length} processors, ${load()}`)
  const rows = rowsOf(sizes, {
    folder: files,
    prepare: other,
    run: step,
    clear: (path) => {
      step(other.purge(path))
      if (provider.settle !== undefined) step(provider.settle(server))
    }
  })
  // The first write makes some servers build what all others find.
  step(other.copyOne(local(join(root, "package.json")), remote(`${container}/first`)))
  const results: Array<Result> = []
  for (const row of rows.filter(({ name }) => name.includes(only))) {
    results.push(await inTurn({ ...row, measure: (client) => measure(row.command(client)) }, clients, rounds))
  }
  say(table(results))
}
