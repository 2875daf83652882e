/**
 * `write`: stores the body and returns once it is durable.
 */
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as assert from "node:assert/strict"
import { blocks, counted, failing, hanging, pattern, sourceError } from "../bodies.ts"
import { atomicWrite, limit } from "../needs.ts"
import { promise } from "../promise.ts"
import { absent, at, bytesAt, eventually, holds, nothingLeft, objectAt, put, refusal } from "../steps.ts"
import type { Suite, SuiteTest } from "../Suite.ts"

const unsupported = (option: "modified" | "contentType" | "metadata"): SuiteTest =>
  promise(
    `refuses ${option} before any byte where it is not stored`,
    [limit("stores", `lacks ${option}`, ({ stores }) => !stores.includes(option))],
    function* (site) {
      const { body, pulled } = counted(4, 16)
      const value = { modified: 1_700_000_000_000, contentType: "text/plain", metadata: { name: "value" } }[option]
      yield* refusal(site.store.write(at(site, "object"), body, { [option]: value }), "unsupported")
      assert.equal(pulled(), 0)
      yield* nothingLeft(site)
    }
  )

/** Promises of `write`. */
export const write: Suite = {
  name: "write",
  tests: [
    promise("returns what stat says afterwards", [], function* (site) {
      const path = at(site, "dir/object")
      const written = yield* put(site, path, "text")
      const found = yield* objectAt(site, path)
      assert.deepEqual([written.kind, written.path, written.size], ["object", path, 4])
      assert.equal(found.size, 4)
      if (written.validator !== undefined) assert.equal(written.validator, found.validator)
    }),
    promise("replaces what is there", [], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "first and long")
      yield* put(site, path, "second")
      yield* holds(site, path, "second")
      assert.equal((yield* objectAt(site, path)).size, 6)
    }),
    promise("takes a body of unknown size", [], function* (site) {
      const path = at(site, "object")
      const { body } = counted(50, 1000)
      assert.equal((yield* site.store.write(path, body)).size, 50_000)
      assert.equal((yield* eventually(site, bytesAt(site, path))).length, 50_000)
    }),
    promise("takes many tiny blocks and empty ones", [], function* (site) {
      const path = at(site, "object")
      const bytes = pattern(500)
      yield* site.store.write(path, blocks("", ...[...bytes].map((byte) => Uint8Array.of(byte)), ""), { size: 500 })
      assert.deepEqual(new Uint8Array(yield* eventually(site, bytesAt(site, path))), bytes)
    }),
    promise("touches no neighbour", [], function* (site) {
      for (const name of ["object", "object2", "objec"]) yield* put(site, at(site, name), name)
      yield* put(site, at(site, "object"), "changed")
      yield* holds(site, at(site, "object2"), "object2")
      yield* holds(site, at(site, "objec"), "objec")
    }),
    promise("fails with the error of its source, and shows nothing", [atomicWrite], function* (site) {
      const path = at(site, "object")
      yield* refusal(site.store.write(path, failing("some ", "bytes")), sourceError.reason._tag)
      yield* absent(site, path)
      yield* nothingLeft(site)
    }),
    promise("fails with the error of its source where writes are not atomic, too", [], function* (site) {
      const write = site.store.write(at(site, "object"), failing("some ", "bytes"), { size: 20 })
      yield* refusal(write, sourceError.reason._tag)
    }),
    promise("keeps the object before when its source fails", [atomicWrite], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "before")
      yield* refusal(site.store.write(path, failing("new bytes")), sourceError.reason._tag)
      yield* holds(site, path, "before")
    }),
    promise("shows nothing when it is interrupted", [atomicWrite], function* (site) {
      const path = at(site, "object")
      const { body, reached } = hanging("some bytes")
      const fiber = yield* Effect.forkChild(site.store.write(path, body))
      yield* reached
      yield* absent(site, path)
      yield* Fiber.interrupt(fiber)
      yield* absent(site, path)
      yield* nothingLeft(site)
    }),
    promise("keeps the object before when it is interrupted", [atomicWrite], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "before")
      const { body, reached } = hanging("new bytes")
      const fiber = yield* Effect.forkChild(site.store.write(path, body))
      yield* reached
      yield* Fiber.interrupt(fiber)
      yield* holds(site, path, "before")
    }),
    promise("of two at once leaves one, whole", [atomicWrite], function* (site) {
      const path = at(site, "object")
      const [left, right] = ["l".repeat(5000), "r".repeat(5000)]
      const write = (text: string) => Effect.result(site.store.write(path, blocks(text), { size: 5000 }))
      yield* Effect.forEach([left, right], write, { concurrency: 2 })
      const found = new TextDecoder().decode(yield* eventually(site, bytesAt(site, path)))
      assert.ok(found === left || found === right, "one of the two, not a mixture")
    }),
    unsupported("modified"),
    unsupported("contentType"),
    unsupported("metadata"),
    promise(
      "refuses an object where a directory is",
      [limit("objectsBesideDirectories", "is false", (limits) => !limits.objectsBesideDirectories)],
      function* (site) {
        yield* put(site, at(site, "dir/object"), "x")
        yield* refusal(site.store.write(at(site, "dir"), blocks("y")), "is_a_directory", "already_exists")
        yield* refusal(site.store.write(at(site, "dir/object/z"), blocks("y")), "not_a_directory", "already_exists")
        yield* holds(site, at(site, "dir/object"), "x")
      }
    )
  ]
}
