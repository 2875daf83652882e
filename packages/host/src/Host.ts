/**
 * The whole host in one layer: what the server and the command line run on.
 */
import { MemoryBudget } from "@mooring/core/MemoryBudget"
import * as NodeAmbient from "@mooring/core/NodeAmbient"
import type { ProxyOptions } from "@mooring/core/transport/proxy"
import * as UndiciTransport from "@mooring/core/UndiciTransport"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import { join } from "node:path"
import { Backends } from "./Backends.ts"
import * as fuseDriver from "./mounts/fuseDriver.ts"
import type { MountDriver } from "./mounts/MountDriver.ts"
import { Mounts } from "./mounts/Mounts.ts"
import { OpenStores } from "./OpenStores.ts"
import type { PluginEntry } from "./PluginLoader.ts"
import { Policy, policyOf, type PolicyName } from "./Policy.ts"
import { Providers } from "./Providers.ts"
import { Secrets } from "./Secrets.ts"
import * as sqlite from "./sqlite/layer.ts"
import { openStateFolder } from "./stateFolder.ts"
import { Tokens } from "./Tokens.ts"
import { Vault } from "./Vault.ts"

/** What the operator chose. */
export interface HostOptions {
  /** The folder of the state; made with mode 0700. */
  readonly state: string
  readonly policy: PolicyName
  readonly plugins: ReadonlyArray<PluginEntry>
  /** 32 bytes in hex or base64, instead of the key file in the state folder. */
  readonly key?: Redacted.Redacted<string>
  /** The environment that providers may read under `local`. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Bytes that all buffered parts may take together; 256 MiB. */
  readonly memory?: number
  /** The folder below which mounts may be; absent is anywhere that is safe. */
  readonly mountRoot?: string
  /** What mounts; FUSE. */
  readonly driver?: Layer.Layer<MountDriver>
}

/** The proxies that the environment names, in either case of letters as curl reads them. */
const proxyOf = (env: Readonly<Record<string, string | undefined>>): ProxyOptions => {
  const read = (name: string) => env[name.toLowerCase()] || env[name]
  const [https, http, none] = [read("HTTPS_PROXY"), env["http_proxy"], read("NO_PROXY")]
  return { ...(https && { https }), ...(http && { http }), ...(none && { none: none.split(",") }) }
}

/** The host. Fails with `internal` if the state folder, its key or its database cannot be used. */
export const layer = (options: HostOptions) => {
  const { state, policy, plugins, key, env = {}, memory = 256 * 1024 * 1024 } = options
  const { mountRoot, driver = fuseDriver.layer(join(state, "cache")) } = options
  return Layer.unwrap(
    Effect.map(openStateFolder(state), (folder) => {
      // The key of the vault is nothing for providers.
      const { MOORING_KEY: _, ...shared } = env
      const environment = Layer.mergeAll(
        UndiciTransport.layer({ policy: policyOf(policy).egress, proxy: proxyOf(env) }),
        NodeAmbient.layer({ env: shared, allow: policy === "local" ? "all" : "none" }),
        MemoryBudget.layer(memory)
      )
      const kept = Layer.mergeAll(
        sqlite.layer(folder),
        Layer.provide(Secrets.layer, Vault.layer(folder, key)),
        Providers.layer(plugins),
        Policy.layer(policy)
      )
      // Strangers mount where the operator says, or nowhere.
      const forbidden = policy === "multi-tenant" && mountRoot === undefined
      const places = { own: [folder], forbidden, ...(mountRoot !== undefined && { root: mountRoot }) }
      return Layer.mergeAll(Backends.layer, Tokens.layer, Layer.provide(Mounts.layer(places), driver)).pipe(
        Layer.provideMerge(OpenStores.layer),
        Layer.provideMerge(Layer.merge(kept, environment))
      )
    })
  )
}
