/**
 * What the provider gets from a host that gives nothing of its own.
 */
import { MemoryBudget, ProviderPlugin } from "@mooring/core"
import { storePolicy } from "@mooring/core/Attempts"
import { local } from "@mooring/core/EgressPolicy"
import { layer as ambientLayer, type AmbientPolicy } from "@mooring/core/NodeAmbient"
import { layer as transportLayer } from "@mooring/core/UndiciTransport"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { makeStorageClient } from "../src/api/StorageClient.ts"
import { GoogleCloudStorageConfig } from "../src/GoogleCloudStorageConfig.ts"
import { storeOf } from "../src/GoogleCloudStorageStore.ts"
import { GoogleCloudStorage } from "../src/index.ts"
import { normalize } from "../src/normalize.ts"
import { testConnection } from "../src/testConnection.ts"

const mebibyte = 1024 * 1024

const nothing: AmbientPolicy = { env: {}, allow: "none" }

/** Provides a host for a Scope. */
export const inHost = <A, E, R>(effect: Effect.Effect<A, E, R>, ambient = nothing) => {
  const host = Layer.mergeAll(
    transportLayer({ policy: local, idleTimeout: 10_000 }),
    ambientLayer(ambient),
    MemoryBudget.layer(64 * mebibyte)
  )
  return Effect.flatMap(Layer.build(host), (context) => Effect.provide(effect, context))
}

/** What the plugin prepares of a config that must be valid. */
export const prepare = (config: unknown, plugin = GoogleCloudStorage) => {
  const prepared = plugin.prepare(config)
  if (prepared.issues === undefined) return prepared
  throw new Error(prepared.issues.map(({ pointer, detail }) => `${pointer} ${detail}`).join())
}

/** Bytes of a piece of an upload: small, so that tests of several pieces move few bytes. */
export const partSize = 512 * 1024

/** The plugin with small pieces and less patience, for tests that send many pieces and wait until it has lost patience. */
const hasty = ProviderPlugin.make({
  id: "google-cloud-storage",
  backendType: "google cloud storage",
  title: "Google Cloud Storage",
  description: "Sends small pieces and gives up after few tries.",
  config: GoogleCloudStorageConfig,
  normalize: (config) => Result.map(normalize(config), (settings) => ({ ...settings, chunkSize: partSize })),
  testConnection,
  open: Effect.fnUntraced(function* (settings) {
    return storeOf(yield* makeStorageClient(settings, { ...storePolicy, retries: 3 }), yield* settings)
  })
})

/** A store with these options that sends small pieces, in a Scope. */
export const openHasty = (config: unknown, ambient = nothing) =>
  Effect.map(inHost(prepare(config, hasty).open, ambient), ({ store }) => store)
