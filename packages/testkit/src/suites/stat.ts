/**
 * `stat`: what is there, without reading it.
 */
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import { limit, validator } from "../needs.ts"
import { promise } from "../promise.ts"
import { absent, at, eventually, holds, objectAt, put, refusal } from "../steps.ts"
import type { Suite } from "../Suite.ts"

/** Promises of `stat`. */
export const stat: Suite = {
  name: "stat",
  tests: [
    promise("says path, size and time of an object", [], function* (site) {
      const path = at(site, "dir/object")
      yield* put(site, path, "twelve bytes")
      const info = yield* objectAt(site, path)
      assert.deepEqual(info.path, path)
      assert.equal(info.size, 12)
      assert.ok(info.modified === undefined || info.modified > 1e12, "a time is in milliseconds")
    }),
    promise("fails with not_found where nothing is", [], function* (site) {
      yield* put(site, at(site, "object"), "x")
      const reason = yield* refusal(site.store.stat(at(site, "other")), "not_found")
      assert.equal(reason.retryable, false)
    }),
    promise("does not take the beginning of a name for the name", [], function* (site) {
      yield* put(site, at(site, "prefix-object"), "x")
      yield* put(site, at(site, "prefix-directory/object"), "x")
      yield* absent(site, at(site, "prefix"))
      yield* absent(site, at(site, "prefix-dir"))
      yield* absent(site, at(site, "prefix-directory/obj"))
    }),
    promise("finds nothing below an object", [], function* (site) {
      yield* put(site, at(site, "object"), "x")
      yield* absent(site, at(site, "object/below"))
    }),
    promise("says that a directory with objects is one", [], function* (site) {
      yield* put(site, at(site, "dir/deeper/object"), "x")
      for (const name of ["dir", "dir/deeper"]) {
        const entry = yield* eventually(site, site.store.stat(at(site, name)))
        assert.deepEqual([entry.kind, entry.path], ["directory", at(site, name)])
      }
    }),
    promise("says that the root is a directory, to a key that may see it", [], function* (site) {
      const result = yield* Effect.result(site.store.stat([]))
      if (result._tag === "Failure") assert.equal(result.failure.reason._tag, "permission_denied")
      else assert.deepEqual([result.success.kind, result.success.path], ["directory", []])
    }),
    promise("gives the same validator to the same state", [validator], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "one")
      const { validator: first } = yield* objectAt(site, path)
      assert.ok(first, "there is a validator")
      assert.equal((yield* objectAt(site, path)).validator, first)
    }),
    promise("gives another validator to another state", [validator], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "one")
      const { validator: first } = yield* objectAt(site, path)
      yield* put(site, path, "another")
      assert.notEqual((yield* objectAt(site, path)).validator, first)
    }),
    promise(
      "tells states of the same size apart",
      [limit("validator", "is strong", (limits) => limits.validator === "strong")],
      function* (site) {
        const path = at(site, "object")
        yield* put(site, path, "one")
        const { validator: first } = yield* objectAt(site, path)
        yield* put(site, path, "two")
        assert.notEqual((yield* objectAt(site, path)).validator, first)
      }
    ),
    promise(
      "shows an object beside a directory of the same name",
      [limit("objectsBesideDirectories", "is true", (limits) => limits.objectsBesideDirectories)],
      function* (site) {
        yield* put(site, at(site, "a"), "object")
        yield* put(site, at(site, "a/b"), "below")
        assert.equal((yield* objectAt(site, at(site, "a"))).size, 6)
        yield* holds(site, at(site, "a"), "object")
        yield* holds(site, at(site, "a/b"), "below")
      }
    )
  ]
}
