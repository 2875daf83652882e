/**
 * Mounts of a server whose process is gone, until they are back.
 */
import { assert, describe, it } from "@effect/vitest"
import { StorageError } from "@mooring/core/StorageError"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { connected, gone, options, start } from "./hosts.ts"

const wanted = { backend: "b", path: [], options, restored: true }

/** A host that has started over the mounts of one whose process is gone. */
const restarted = Effect.gen(function* () {
  const { kernel, targets, running } = yield* start
  const first = yield* running
  yield* connected(first.backends)
  const kept = yield* Effect.forEach(targets, (target) => first.mounts.mount({ ...wanted, target }))
  yield* first.end
  const { mounts, repository, end } = yield* running
  for (const { id } of kept) yield* repository.report(id, { served: gone(), mounted: true, pending: [] })
  return { kernel, mounts, kept, end }
})

describe("what a server would bring back", () => {
  it.live("is not, where it is ended while another is on its way", () =>
    Effect.gen(function* () {
      const { kernel, mounts, kept, end } = yield* restarted
      const begun = yield* Deferred.make<string>()
      const ended = yield* Deferred.make<void>()
      kernel.before = (target) => Effect.andThen(Deferred.succeed(begun, target), Deferred.await(ended))
      const restoring = yield* Effect.forkChild(mounts.restore)
      const first = yield* Deferred.await(begun)
      const second = kept.find(({ target }) => target !== first)!
      assert.deepStrictEqual(yield* mounts.unmount(second.id, { deadline: 1_000, force: false }), [])
      yield* Deferred.succeed(ended, undefined)
      assert.deepStrictEqual(yield* Fiber.join(restoring), [])
      assert.deepStrictEqual([...kernel.mounted.keys()], [first])
      assert.deepStrictEqual(
        (yield* mounts.list).map(({ target }) => target),
        [first]
      )
      yield* end
    })
  )

  it.live("is not forgotten for a mount that is refused", () =>
    Effect.gen(function* () {
      const { mounts, kept, end } = yield* restarted
      const before = yield* mounts.list
      // No path, but the id of one that is kept.
      const error = yield* Effect.flip(mounts.mount({ ...wanted, target: kept[0]!.id }))
      assert.strictEqual(error.reason._tag, "invalid_value")
      assert.deepStrictEqual(yield* mounts.list, before)
      yield* end
    })
  )

  it.live("is not forgotten for a mount in its place that fails", () =>
    Effect.gen(function* () {
      const { kernel, mounts, kept, end } = yield* restarted
      const before = yield* mounts.list
      kernel.failure = StorageError.of("unsupported", "there is no FUSE here")
      const error = yield* Effect.flip(mounts.mount({ ...wanted, target: kept[0]!.target }))
      assert.strictEqual(error.reason._tag, "unsupported")
      assert.deepStrictEqual(yield* mounts.list, before)
      yield* end
    })
  )
})
