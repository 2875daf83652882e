/**
 * `remove` and `removeMany`.
 */
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import { limit, member } from "../needs.ts"
import { promise } from "../promise.ts"
import { absent, at, eventually, holds, nothingLeft, put, refusal } from "../steps.ts"
import type { Suite } from "../Suite.ts"

/** Promises of `remove` and `removeMany`. */
export const remove: Suite = {
  name: "remove",
  tests: [
    promise("removes the object", [], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "text")
      yield* site.store.remove(path)
      yield* absent(site, path)
      yield* eventually(site, Effect.asVoid(refusal(site.store.read(path), "not_found")).pipe(Effect.scoped))
      yield* nothingLeft(site)
    }),
    promise("succeeds if nothing was there", [], function* (site) {
      yield* site.store.remove(at(site, "missing"))
      yield* site.store.remove(at(site, "missing/deeper"))
    }),
    promise("succeeds a second time", [], function* (site) {
      yield* put(site, at(site, "object"), "text")
      yield* site.store.remove(at(site, "object"))
      yield* site.store.remove(at(site, "object"))
    }),
    promise("touches no neighbour", [], function* (site) {
      for (const name of ["object", "object2", "objec"]) yield* put(site, at(site, name), name)
      yield* site.store.remove(at(site, "object"))
      yield* absent(site, at(site, "object"))
      yield* holds(site, at(site, "object2"), "object2")
      yield* holds(site, at(site, "objec"), "objec")
    }),
    promise("removes nothing below a directory", [], function* (site) {
      yield* put(site, at(site, "dir/object"), "text")
      const result = yield* Effect.result(site.store.remove(at(site, "dir")))
      if (result._tag === "Failure") assert.equal(result.failure.reason._tag, "is_a_directory")
      yield* holds(site, at(site, "dir/object"), "text")
    }),
    promise(
      "leaves the objects beside it that are below its name",
      [limit("objectsBesideDirectories", "is true", (limits) => limits.objectsBesideDirectories)],
      function* (site) {
        yield* put(site, at(site, "a"), "object")
        yield* put(site, at(site, "a/b"), "below")
        yield* site.store.remove(at(site, "a"))
        yield* holds(site, at(site, "a/b"), "below")
      }
    ),
    promise(
      "removes a directory with its last object",
      [limit("realDirectories", "is false", (limits) => !limits.realDirectories)],
      function* (site) {
        yield* put(site, at(site, "dir/object"), "text")
        yield* site.store.remove(at(site, "dir/object"))
        yield* absent(site, at(site, "dir"))
      }
    ),
    promise("many at once, also such as are not there", [member("removeMany")], function* (site) {
      const names = Array.from({ length: 12 }, (_, index) => `dir/object ${index}`)
      yield* Effect.forEach(names, (name) => put(site, at(site, name), name), { concurrency: 4 })
      yield* put(site, at(site, "dir/kept"), "kept")
      yield* site.store.removeMany!([...names, "missing"].map((name) => at(site, name)))
      for (const name of names) yield* absent(site, at(site, name))
      yield* holds(site, at(site, "dir/kept"), "kept")
    }),
    promise("many takes none", [member("removeMany")], function* (site) {
      yield* put(site, at(site, "kept"), "kept")
      yield* site.store.removeMany!([])
      yield* holds(site, at(site, "kept"), "kept")
    })
  ]
}
