/**
 * What a host gives to the provider, in tests.
 */
import { MemoryBudget } from "@mooring/core"
import { local } from "@mooring/core/EgressPolicy"
import { layer as ambientLayer } from "@mooring/core/NodeAmbient"
import { layer as transportLayer } from "@mooring/core/UndiciTransport"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

export const mebibyte = 1024 * 1024

/** A host whose own environment is this; without one it gives none away. */
export const hostWith = (env?: Readonly<Record<string, string>>) =>
  Layer.mergeAll(
    transportLayer({ policy: local, idleTimeout: 10_000 }),
    ambientLayer(env === undefined ? { env: {}, allow: "none" } : { env, allow: "all" }),
    MemoryBudget.layer(64 * mebibyte)
  )

/** Runs an effect in a host, whose layers live in the caller's Scope. */
export const inHost = <A, E, R>(effect: Effect.Effect<A, E, R>, host = hostWith()) =>
  Effect.flatMap(Layer.build(host), (context) => Effect.provide(effect, context))
