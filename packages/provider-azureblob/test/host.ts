/**
 * What the provider gets from a host.
 */
import { MemoryBudget } from "@mooring/core"
import { local } from "@mooring/core/EgressPolicy"
import { layer as ambientLayer } from "@mooring/core/NodeAmbient"
import { layer as transportLayer } from "@mooring/core/UndiciTransport"
import * as Layer from "effect/Layer"

/** A host that gives nothing of its own. */
export const host = Layer.mergeAll(
  transportLayer({ policy: local, idleTimeout: 10_000 }),
  ambientLayer({ env: {}, allow: "none" }),
  MemoryBudget.layer(64 * 1024 * 1024)
)
