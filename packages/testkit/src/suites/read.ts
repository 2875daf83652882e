/**
 * `read`: the object and its bytes.
 */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import * as assert from "node:assert/strict"
import { blocks, bytesOf, pattern } from "../bodies.ts"
import { promise } from "../promise.ts"
import { at, bytesAt, eventually, objectAt, put, refusal, textAt } from "../steps.ts"
import type { Suite } from "../Suite.ts"

const large = 300_000

/** Promises of `read`. */
export const read: Suite = {
  name: "read",
  tests: [
    promise("gives the bytes that were written", [], function* (site) {
      const path = at(site, "object")
      const bytes = pattern(large)
      yield* site.store.write(path, blocks(bytes), { size: large })
      const found = yield* eventually(site, bytesAt(site, path))
      assert.equal(found.length, large)
      assert.ok(Buffer.from(found).equals(bytes), "the bytes are the same")
    }),
    promise("gives what stat says", [], function* (site) {
      const path = at(site, "dir/object")
      yield* put(site, path, "text")
      const stat = yield* objectAt(site, path)
      const { info } = yield* site.store.read(path)
      assert.deepEqual([info.kind, info.path, info.size], ["object", path, 4])
      assert.equal(info.validator, stat.validator)
      assert.equal(info.modified, stat.modified)
    }),
    promise("yields one block per pull", [], function* (site) {
      const path = at(site, "object")
      yield* site.store.write(path, blocks(pattern(large)), { size: large })
      yield* objectAt(site, path)
      const { body } = yield* site.store.read(path)
      yield* Stream.runForEachArray(body, (pulled) => Effect.sync(() => assert.equal(pulled.length, 1)))
    }),
    promise("ends well when only the beginning is taken", [], function* (site) {
      const path = at(site, "object")
      yield* site.store.write(path, blocks(pattern(large)), { size: large })
      const head = yield* eventually(
        site,
        Effect.scoped(Effect.flatMap(site.store.read(path), ({ body }) => Stream.runCollect(Stream.take(body, 1))))
      )
      assert.deepEqual(head[0]?.[0], pattern(1)[0])
      assert.equal((yield* bytesAt(site, path)).length, large)
    }),
    promise("serves many readers at once", [], function* (site) {
      const names = Array.from({ length: 8 }, (_, index) => `object-${index}`)
      yield* Effect.forEach(names, (name) => put(site, at(site, name), `text of ${name}`), { concurrency: 4 })
      const read = (name: string) => eventually(site, textAt(site, at(site, name)))
      const texts = yield* Effect.forEach(names, read, { concurrency: 8 })
      assert.deepEqual(
        texts,
        names.map((name) => `text of ${name}`)
      )
    }),
    promise("fails with not_found where nothing is", [], function* (site) {
      yield* refusal(site.store.read(at(site, "missing")), "not_found")
      yield* put(site, at(site, "object-and-more"), "x")
      yield* refusal(site.store.read(at(site, "object")), "not_found")
    }),
    promise("reads no directory", [], function* (site) {
      yield* put(site, at(site, "dir/object"), "x")
      yield* refusal(site.store.read(at(site, "dir")), "is_a_directory", "not_found")
    }),
    promise("can be interrupted", [], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "text")
      const once = yield* Deferred.make<void>()
      const reading = Effect.andThen(textAt(site, path), Deferred.succeed(once, undefined))
      const fiber = yield* Effect.forkChild(Effect.forever(reading))
      yield* Deferred.await(once)
      yield* Fiber.interrupt(fiber)
      assert.deepEqual(yield* eventually(site, bytesAt(site, path)), bytesOf("text"))
    })
  ]
}
