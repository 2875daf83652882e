/**
 * What the provider gets from a host that gives nothing of its own.
 */
import { MemoryBudget, ProviderPlugin } from "@mooring/core"
import { local } from "@mooring/core/EgressPolicy"
import { layer as ambientLayer } from "@mooring/core/NodeAmbient"
import { layer as transportLayer } from "@mooring/core/UndiciTransport"
import { storePolicy } from "@mooring/core/Attempts"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { makeB2Client } from "../src/api/B2Client.ts"
import { B2Config } from "../src/B2Config.ts"
import { storeOf } from "../src/B2Store.ts"
import { B2 } from "../src/index.ts"
import { normalize } from "../src/normalize.ts"
import { testConnection } from "../src/testConnection.ts"

const mebibyte = 1024 * 1024

const host = Layer.mergeAll(
  transportLayer({ policy: local, idleTimeout: 10_000 }),
  ambientLayer({ env: {}, allow: "none" }),
  MemoryBudget.layer(64 * mebibyte)
)

/** Provides the host for a Scope. */
export const inHost = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.flatMap(Layer.build(host), (context) => Effect.provide(effect, context))

/** What the plugin prepares of a config that must be valid. */
export const prepare = (config: unknown, plugin = B2) => {
  const prepared = plugin.prepare(config)
  if (prepared.issues === undefined) return prepared
  throw new Error(prepared.issues.map(({ pointer, detail }) => `${pointer} ${detail}`).join())
}

/** A store with these options, in a Scope. */
export const openWith = (config: unknown) => Effect.map(inHost(prepare(config).open), ({ store }) => store)

/** The plugin with less patience, for tests that wait until it has lost it. */
const impatient = ProviderPlugin.make({
  id: "b2",
  backendType: "b2",
  title: "Backblaze B2",
  description: "Gives up after few tries.",
  config: B2Config,
  normalize,
  testConnection,
  open: Effect.fnUntraced(function* (settings) {
    return storeOf(yield* makeB2Client(settings, { ...storePolicy, retries: 3 }), yield* settings)
  })
})

/** A store with these options that gives up after few tries, in a Scope. */
export const openImpatient = (config: unknown) =>
  Effect.map(inHost(prepare(config, impatient).open), ({ store }) => store)
