/**
 * The backends that are mounted: a directory of this machine, and a bucket of the server that `pnpm mounts` booted.
 */
import { local as everywhere } from "@mooring/core/EgressPolicy"
import { MemoryBudget, type ObjectStore, type Path, type ProviderPlugin } from "@mooring/core"
import * as NodeAmbient from "@mooring/core/NodeAmbient"
import * as UndiciTransport from "@mooring/core/UndiciTransport"
import { Local } from "@mooring/provider-local"
import { S3 } from "@mooring/provider-s3"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { randomBytes } from "node:crypto"
import { mkdirSync } from "node:fs"
import { join } from "node:path"

/** An empty place of a backend: how to connect the backend, where the place is in it, and how to look at it directly. */
export interface Place {
  readonly provider: string
  /** What `mooring connect PROVIDER --from-file` takes. */
  readonly config: Readonly<Record<string, unknown>>
  /** The place in the backend; empty for its root. */
  readonly path: Path
  /** The store of the backend, past every mount. */
  readonly store: ObjectStore
}

/** A backend to test mounts of. */
export interface Subject {
  readonly name: string
  /** A new place, which may use an empty folder of this machine. */
  readonly open: (folder: string) => Effect.Effect<Place, never, Scope.Scope>
}

const host = Layer.mergeAll(
  UndiciTransport.layer({ policy: everywhere, idleTimeout: 10_000 }),
  NodeAmbient.layer({ env: {}, allow: "none" }),
  MemoryBudget.layer(256 * 1024 * 1024)
)

/** Opens a config that must be valid. */
const openStore = Effect.fnUntraced(function* (plugin: ProviderPlugin.ProviderPlugin, config: Place["config"]) {
  const prepared = plugin.prepare(config)
  if (prepared.issues !== undefined) return yield* Effect.die(new Error(JSON.stringify(prepared.issues)))
  const { store } = yield* prepared.open.pipe(Effect.provide(yield* Layer.build(host)), Effect.orDie)
  return store
})

const local: Subject = {
  name: "local",
  open: Effect.fnUntraced(function* (folder) {
    const root = join(folder, "root")
    mkdirSync(root)
    const config = { root }
    return { provider: "local", config, path: [], store: yield* openStore(Local, config) }
  })
}

const booted = process.env["MOORING_SETUP"]
if (booted === undefined) throw new Error("these tests need a server: run them by `pnpm mounts`")
const printed = JSON.parse(booted) as {
  readonly setup: string
  readonly config: Readonly<Record<string, unknown>>
  readonly other: Readonly<Record<string, unknown>>
}

/** Options for the server. */
export const server = printed.config

/** The keys of somebody else at the server. */
export const stranger = printed.other

/** A new bucket of the server, by options for it besides. */
export const openBucket = Effect.fnUntraced(function* (options: Place["config"] = {}) {
  const config = { ...server, ...options }
  const store = yield* openStore(S3, config)
  const bucket = `mooring-${randomBytes(6).toString("hex")}`
  yield* Effect.orDie(store.createContainer?.([bucket]) ?? Effect.die(new Error("no buckets are made here")))
  return { provider: "s3", config, path: [bucket], store } satisfies Place
})

export const s3: Subject = { name: `s3 on ${printed.setup}`, open: () => openBucket() }

/** All of them. */
export const subjects: ReadonlyArray<Subject> = [local, s3]
