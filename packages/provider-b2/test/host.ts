/**
 * What the provider gets from a host that gives nothing of its own.
 */
import { MemoryBudget } from "@mooring/core"
import { local } from "@mooring/core/EgressPolicy"
import { layer as ambientLayer } from "@mooring/core/NodeAmbient"
import { layer as transportLayer } from "@mooring/core/UndiciTransport"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { B2 } from "../src/index.ts"

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
export const prepare = (config: unknown) => {
  const prepared = B2.prepare(config)
  if (prepared.issues === undefined) return prepared
  throw new Error(prepared.issues.map(({ pointer, detail }) => `${pointer} ${detail}`).join())
}

/** A store with these options, in a Scope. */
export const openWith = (config: unknown) => Effect.map(inHost(prepare(config).open), ({ store }) => store)
