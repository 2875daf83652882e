/**
 * A memory store as the subject of the conformance suites.
 */
import { runStage, stageOf, type Stage, type TestOptions } from "@mooring/core/ConnectionTest"
import type { ObjectStore } from "@mooring/core/ObjectStore"
import * as Effect from "effect/Effect"
import { blocks } from "../bodies.ts"
import type { Subject } from "../Suite.ts"
import { interceptable } from "./interceptable.ts"
import { memoryStore } from "./memoryStore.ts"
import type { Personality } from "./Personality.ts"
import { answer } from "./presigning.ts"

/** The connection test of a memory store. */
const testStages = Effect.fnUntraced(function* (
  store: ObjectStore,
  { at, write = false }: TestOptions
): Effect.fn.Return<ReadonlyArray<Stage>> {
  const authenticate = yield* runStage("authenticate", store.check)
  if (at === undefined) return [authenticate.stage, stageOf("list", "unverified", 0), stageOf("write", "skipped", 0)]
  const list = yield* runStage("list", store.listPage(at, { limit: 1 }))
  if (!write) return [authenticate.stage, list.stage, stageOf("write", "skipped", 0)]
  const path = [...at, ".mooring-test"]
  const written = yield* runStage("write", Effect.andThen(store.write(path, blocks("test")), store.remove(path)))
  return [authenticate.stage, list.stage, written.stage]
})

/** A subject that opens a fresh store of this personality; `damage` wraps it, outside of its way. */
export const memorySubject = (
  personality: Personality,
  damage: (store: ObjectStore) => ObjectStore = (store) => store
): Subject => {
  let last = memoryStore(personality)
  const place = personality.limits.containers ? ["box", "place"] : ["place"]
  const fresh = Effect.gen(function* () {
    last = memoryStore(personality)
    if (last.createDirectory) yield* last.createDirectory(place)
    return { store: last, place }
  })
  const open = Effect.map(fresh, ({ store }) => ({ store: damage(store), place }))
  return {
    name: `memory ${personality.name}`,
    settle: 5000,
    timeout: 30_000,
    buffer: 64 * 1024,
    open,
    ...(personality.members.includes("versions") && { versioned: open }),
    faults: Effect.map(fresh, ({ store }) => {
      const way = interceptable(store)
      return { store: damage(way.store), place, faults: way.faults }
    }),
    testConnection: (options) => testStages(damage(last), options),
    send: (request, body) => answer(last)(request, body)
  }
}
