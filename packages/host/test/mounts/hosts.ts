/**
 * Hosts over one state and one kernel in memory, as processes of one machine are.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Scope from "effect/Scope"
import { spawnSync } from "node:child_process"
import { mkdirSync, realpathSync } from "node:fs"
import { join } from "node:path"
import { Backends } from "../../src/Backends.ts"
import * as Host from "../../src/Host.ts"
import { MountRepository, type MountOptions } from "../../src/mounts/MountRepository.ts"
import { Mounts } from "../../src/mounts/Mounts.ts"
import { OpenStores } from "../../src/OpenStores.ts"
import { examplePlugin, type Seen } from "../examplePlugin.ts"
import { temporaryFolder } from "../temporaryFolder.ts"
import { memoryDriver } from "./memoryDriver.ts"

export const options: MountOptions = { readOnly: false, allowOther: false }

/** A folder with two empty directories, and hosts over one state and one kernel. */
export const start = Effect.gen(function* () {
  const folder = realpathSync(yield* temporaryFolder)
  const targets = [join(folder, "one"), join(folder, "two")] as const
  for (const target of targets) mkdirSync(target)
  const { kernel, layer: driver } = memoryDriver()
  const seen: Seen = { tested: 0, opened: 0, keys: [] }
  const shared = { state: join(folder, "state"), plugins: [examplePlugin(seen)], driver }
  /** A host that ends with its Scope, as a process does that is asked to. */
  const runningBy = Effect.fnUntraced(function* (rules: Pick<Host.HostOptions, "policy" | "mountRoot">) {
    const scope = yield* Scope.make()
    const context = yield* Layer.buildWithScope(Host.layer({ ...shared, ...rules }), scope)
    const [mounts, backends, repository, stores] = [
      Context.get(context, Mounts),
      Context.get(context, Backends),
      Context.get(context, MountRepository),
      Context.get(context, OpenStores)
    ]
    return { mounts, backends, repository, stores, end: Scope.close(scope, Exit.void) }
  })
  /** A host of this machine's user. */
  const running = runningBy({ policy: "local" })
  /** A host of strangers, who mount in the folder and name no file of the server. */
  const runningForStrangers = runningBy({ policy: "multi-tenant", mountRoot: folder })
  return { kernel, targets, running, runningForStrangers, seen }
})

export const connected = (backends: Backends["Service"]) =>
  backends.connect("example", { endpoint: "https://example.invalid", key: "k" }, { name: "b" })

/** A process that has ended. */
export const gone = () => ({ pid: spawnSync("true").pid, started: "1" })
