/**
 * A local store in an empty directory that goes with the Scope.
 */
import type { Path } from "@mooring/core"
import { StorageError, Transport, Ambient, MemoryBudget, type ProviderPlugin } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import local from "../src/index.ts"

const notForLocal = () => Effect.die("a local directory needs neither network nor environment")

/** A local store asks for nothing of its host; whatever it asked for would end the test. */
export const environment = Layer.mergeAll(
  Layer.succeed(Transport, { request: notForLocal, connectTls: notForLocal }),
  Layer.succeed(Ambient, { env: notForLocal, readFile: notForLocal, run: notForLocal }),
  MemoryBudget.layer(1024 * 1024)
)

/** An empty directory of this machine. */
const directory = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "mooring-local-"))),
  (root) => Effect.promise(() => rm(root, { recursive: true, force: true }))
)

/** A backend with these options, which are known to be valid. */
export const prepared = (options: unknown): ProviderPlugin.PreparedBackend => {
  const backend = local.prepare(options)
  if (backend.issues !== undefined) throw StorageError.of("invalid_value", JSON.stringify(backend.issues))
  return backend
}

/** A store in an empty directory. */
export const openLocal = Effect.gen(function* () {
  const root = yield* directory
  const { store } = yield* prepared({ root }).open
  const place: Path = []
  return { root, store, place }
}).pipe(Effect.provide(environment))
