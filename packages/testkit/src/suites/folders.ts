/**
 * Containers and directories that are made and removed.
 */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as assert from "node:assert/strict"
import { member } from "../needs.ts"
import { promise } from "../promise.ts"
import { absent, at, eventually, holds, lists, put, refusal } from "../steps.ts"
import type { Site, Suite } from "../Suite.ts"

const [creates, removes] = [member("createContainer"), member("removeContainer")]
const moves = [member("moveDirectory")]

/** A container for this test, removed with it. */
const newContainer = Effect.fnUntraced(function* (site: Site) {
  const { containerNamed = (name) => name } = site.subject
  const path = [containerNamed(`mooring-conformance-${(yield* Random.nextIntBetween(0, 2 ** 31)).toString(16)}`)]
  yield* Effect.addFinalizer(() => Effect.ignore(site.store.removeContainer!(path)))
  yield* site.store.createContainer!(path)
  yield* eventually(site, site.store.stat(path))
  return path
})

/** Promises of `createContainer`, `removeContainer`, `createDirectory`, `removeDirectory` and `moveDirectory`. */
export const folders: Suite = {
  name: "folders",
  tests: [
    promise("a new container is seen and takes objects", [creates, removes], function* (site) {
      const path = yield* newContainer(site)
      const entry = yield* eventually(site, site.store.stat(path))
      assert.deepEqual([entry.kind, entry.path], ["container", path])
      yield* put(site, [...path, "object"], "text")
      yield* holds(site, [...path, "object"], "text")
      yield* site.store.remove([...path, "object"])
      yield* absent(site, [...path, "object"])
    }),
    promise("creating a container again succeeds", [creates, removes], function* (site) {
      yield* site.store.createContainer!(yield* newContainer(site))
    }),
    promise("an empty container can be removed, also twice", [creates, removes], function* (site) {
      const path = yield* newContainer(site)
      yield* site.store.removeContainer!(path)
      yield* absent(site, path)
      yield* site.store.removeContainer!(path)
    }),
    promise("a container with objects is not_empty", [removes], function* (site) {
      yield* put(site, at(site, "object"), "text")
      yield* refusal(site.store.removeContainer!(site.place.slice(0, 1)), "not_empty")
      yield* holds(site, at(site, "object"), "text")
    }),
    promise("a new directory is seen and empty", [member("createDirectory")], function* (site) {
      yield* site.store.createDirectory!(at(site, "dir"))
      const entry = yield* eventually(site, site.store.stat(at(site, "dir")))
      assert.equal(entry.kind, "directory")
      yield* lists(site, site.place, ["dir/"])
      yield* lists(site, at(site, "dir"), [])
      yield* lists(site, site.place, [], { recursive: true })
    }),
    promise(
      "creating a directory again succeeds and keeps what is in it",
      [member("createDirectory")],
      function* (site) {
        yield* put(site, at(site, "dir/object"), "text")
        yield* site.store.createDirectory!(at(site, "dir"))
        yield* holds(site, at(site, "dir/object"), "text")
      }
    ),
    promise("an empty directory can be removed, also twice", [member("removeDirectory")], function* (site) {
      yield* site.store.createDirectory!(at(site, "dir"))
      yield* site.store.removeDirectory!(at(site, "dir"))
      yield* absent(site, at(site, "dir"))
      yield* site.store.removeDirectory!(at(site, "dir"))
    }),
    promise("a directory with objects is not_empty", [member("removeDirectory")], function* (site) {
      yield* put(site, at(site, "dir/object"), "text")
      yield* refusal(site.store.removeDirectory!(at(site, "dir")), "not_empty")
      yield* holds(site, at(site, "dir/object"), "text")
    }),
    promise("a directory moves with all that is in it", moves, function* (site) {
      yield* put(site, at(site, "dir/object"), "text")
      yield* put(site, at(site, "dir/deep/er"), "deeper")
      yield* put(site, at(site, "dirt"), "beside")
      // Nothing comes back of what was at the new place before.
      yield* put(site, at(site, "other/object"), "earlier")
      yield* site.store.remove(at(site, "other/object"))
      yield* site.store.removeDirectory?.(at(site, "other")) ?? Effect.void
      yield* site.store.moveDirectory!(at(site, "dir"), at(site, "other"))
      yield* absent(site, at(site, "dir"))
      yield* lists(site, site.place, ["other/object", "other/deep/er", "dirt"], { recursive: true })
      yield* holds(site, at(site, "other/object"), "text")
      yield* holds(site, at(site, "other/deep/er"), "deeper")
    }),
    promise("a directory moves neither onto another nor into itself", moves, function* (site) {
      yield* put(site, at(site, "dir/object"), "text")
      yield* put(site, at(site, "other/object"), "other")
      yield* refusal(site.store.moveDirectory!(at(site, "dir"), at(site, "other")), "already_exists", "not_empty")
      yield* refusal(site.store.moveDirectory!(at(site, "dir"), at(site, "dir/in")), "invalid_value")
      yield* refusal(site.store.moveDirectory!(at(site, "nothing"), at(site, "new")), "not_found")
      yield* holds(site, at(site, "dir/object"), "text")
      yield* holds(site, at(site, "other/object"), "other")
    })
  ]
}
