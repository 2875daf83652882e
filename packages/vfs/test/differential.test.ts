import { assert, describe, it } from "@effect/vitest"
import type { ObjectStore } from "@mooring/core"
import { list } from "@mooring/core/list"
import { memoryStore, personalities } from "@mooring/testkit/memory"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { compare } from "./model/compare.ts"
import { anyBusyProgram, anyProgram } from "./model/steps.ts"
import { rootOf, stored } from "./mounted.ts"

/** All objects at the provider with their bytes; looked at again and again until a late store shows the last change. */
const atProvider = Effect.fnUntraced(function* (store: ObjectStore) {
  const root = rootOf(store)
  for (let look = 0; look < 4; look += 1) yield* Stream.runDrain(list(store, root, { recursive: true }))
  const entries = yield* Stream.runCollect(list(store, root, { recursive: true }))
  const paths = entries.map(({ path }) => path.slice(root.length).join("/")).toSorted()
  return yield* Effect.forEach(paths, (path) => Effect.map(stored(store, path), (content) => [path, content] as const))
})

/** The store behind a way that takes its time, now more, now less: other fibers run before and after each call. */
const distant = (store: ObjectStore): ObjectStore => {
  let passed = 0
  const turns = Effect.suspend(() => {
    passed += 1
    return Effect.replicateEffect(Effect.yieldNow, (passed * 5) % 7, { discard: true })
  })
  const members = Object.entries(store).map(([name, member]) => {
    if (typeof member !== "function") return [name, member]
    const call = member as (...given: ReadonlyArray<never>) => Effect.Effect<never, never>
    return [
      name,
      (...given: ReadonlyArray<never>) =>
        Effect.andThen(
          turns,
          Effect.tap(call(...given), () => turns)
        )
    ]
  })
  return { ...(Object.fromEntries(members) as ObjectStore), check: store.check }
}

describe("random programs do as POSIX says", () => {
  for (const personality of personalities) {
    it.effect.prop(
      `over ${personality.name}`,
      [anyProgram(120)],
      ([steps]) =>
        Effect.scoped(
          Effect.gen(function* () {
            const store = memoryStore(personality)
            const { model, log } = yield* compare(store, steps)
            const files = model
              .tree()
              .filter(([path]) => !path.endsWith("/"))
              .toSorted(([left], [right]) => (left < right ? -1 : 1))
            assert.deepStrictEqual(yield* atProvider(store), files, `\n${log.join("\n")}\n`)
          })
        ),
      { arbitrary: { runs: 100, size: 120, maxShrinks: 5000 } }
    )

    it.effect.prop(
      `over ${personality.name}, while other programs list and read all the time`,
      [anyProgram(80), anyBusyProgram(50)],
      (programs) =>
        Effect.forEach(programs, (steps) => Effect.scoped(compare(distant(memoryStore(personality)), steps, true)), {
          discard: true
        }),
      { arbitrary: { runs: 60, size: 80, maxShrinks: 5000 } }
    )
  }
})
