/**
 * `pnpm bench mount`: programs in a directory that either has mounted, over the server and over a local directory.
 */
import { mkdirSync } from "node:fs"
import { cpus } from "node:os"
import { join } from "node:path"
import type { CopiesOptions } from "../copies.ts"
import { inTurn, load, say } from "../inTurn.ts"
import { connected, install, versionOf } from "../mooring.ts"
import type { Config, Provider } from "../Provider.ts"
import { rclone } from "../rclone.ts"
import { container } from "../rows.ts"
import type { Scene } from "../Scene.ts"
import { step } from "../step.ts"
import { table, type Result } from "../table.ts"
import { measureMount } from "./measureMount.ts"
import { mooringMounter, rcloneMounter } from "./Mounter.ts"
import { mountRowsOf } from "./rows.ts"

/** A directory of this machine. */
const directory: Omit<Provider, "setup"> = {
  packages: [],
  options: {},
  rclone: { optionsOf: ({ root }) => ({ type: "alias", remote: root }), flags: [] }
}

/** What both mount. */
interface Mountable {
  readonly title: string
  readonly id: string
  readonly provider: Omit<Provider, "setup">
  readonly config: Config
}

/** Measures all rows over both and prints a table for each. */
export const mounts = async (scene: Scene, { rounds, only, ...sizes }: CopiesOptions): Promise<void> => {
  const { scratch, server } = scene
  const disk = join(scratch, "disk")
  mkdirSync(disk)
  const program = install(scratch, scene.provider.packages)
  const backends: ReadonlyArray<Mountable> = [
    { ...scene, title: scene.provider.setup },
    { title: "a local directory", id: "local", provider: directory, config: { root: disk } }
  ]
  for (const { title, id, provider, config } of backends) {
    const other = rclone(provider.rclone, config)
    const command = connected(program, join(scratch, `state-${id}`), id, provider, config)
    const clients = [mooringMounter(versionOf(command("--version")), command), rcloneMounter(other, scratch)] as const
    step(other.makeContainer(container))
    say(title)
    say(clients.map(({ name, version }) => `${name}: ${version}`).join("\n"))
    say(`${cpus().length} processors, ${load()}`)
    const rows = mountRowsOf(sizes, {
      folder: scratch,
      prepare: other,
      clear: (path) => {
        step(other.purge(path))
        if (provider.settle !== undefined) step(provider.settle(server))
      }
    })
    const results: Array<Result> = []
    for (const row of rows.filter(({ name }) => name.includes(only))) {
      const measure = (client: (typeof clients)[number]) => measureMount(row, client)
      results.push(await inTurn({ ...row, measure }, clients, rounds))
    }
    say(table(results))
  }
}
