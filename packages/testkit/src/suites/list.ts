/**
 * `listPage` and the stream that core derives from it.
 */
import { listPages } from "@mooring/core/list"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as assert from "node:assert/strict"
import { limit as limited } from "../needs.ts"
import { promise } from "../promise.ts"
import { at, entriesOf, eventually, lists, put, refusal } from "../steps.ts"
import type { Site, Suite } from "../Suite.ts"

const fill = (site: Site, names: ReadonlyArray<string>) =>
  Effect.forEach(names, (name) => put(site, at(site, name), name), { concurrency: 4, discard: true })

const tree = ["top", "a/one", "a/two", "a/deep/three", "ab/four", "a-b/five", "a.b/six"]
const many = Array.from({ length: 12 }, (_, index) => `object-${index}`)

/** Promises of `listPage`. */
export const list: Suite = {
  name: "list",
  tests: [
    promise("shows objects and directories of one level", [], function* (site) {
      yield* fill(site, tree)
      yield* lists(site, site.place, ["top", "a/", "ab/", "a-b/", "a.b/"])
    }),
    promise("never takes a string prefix for a directory", [], function* (site) {
      yield* fill(site, tree)
      yield* lists(site, at(site, "a"), ["one", "two", "deep/"])
      yield* lists(site, at(site, "a"), ["one", "two", "deep/three"], { recursive: true })
      yield* lists(site, at(site, "a/deep"), ["three"])
    }),
    promise("recursive shows all objects and no directories", [], function* (site) {
      yield* fill(site, tree)
      yield* lists(site, site.place, tree, { recursive: true })
    }),
    promise("shows everything once, over all pages", [], function* (site) {
      yield* fill(site, many)
      yield* lists(site, site.place, many)
      yield* lists(site, site.place, many, { limit: 3 })
      yield* lists(site, site.place, many, { limit: 1 })
    }),
    promise("recursive shows everything once, over all pages", [], function* (site) {
      const names = many.map((name, index) => `dir${index % 3}/${name}`)
      yield* fill(site, names)
      yield* lists(site, site.place, names, { recursive: true, limit: 2 })
    }),
    promise("shows a directory once, on whatever pages its objects are", [], function* (site) {
      yield* fill(site, [...many.slice(0, 6).map((name) => `dir/${name}`), "dir2/x", "last"])
      yield* lists(site, site.place, ["dir/", "dir2/", "last"], { limit: 1 })
      yield* lists(site, site.place, ["dir/", "dir2/", "last"], { limit: 2 })
      yield* lists(site, site.place, ["dir/", "dir2/", "last"])
    }),
    promise("gives at most as many entries as asked for", [], function* (site) {
      yield* fill(site, many)
      for (const limit of [1, 4, 7]) {
        const pages = yield* Stream.runCollect(listPages(site.store, site.place, { limit }))
        for (const { entries } of pages) assert.ok(entries.length <= limit, `${entries.length} on a page of ${limit}`)
      }
    }),
    promise("says path and size of each object", [], function* (site) {
      yield* fill(site, ["dir/a", "dir/bcd"])
      yield* lists(site, at(site, "dir"), ["a", "bcd"])
      for (const entry of yield* entriesOf(site, at(site, "dir"))) {
        assert.ok(entry.kind === "object")
        const text = entry.path.slice(site.place.length).join("/")
        if (entry.size !== undefined) assert.equal(entry.size, text.length)
      }
    }),
    promise("shows a change of what was listed before", [], function* (site) {
      yield* fill(site, ["a", "b"])
      yield* lists(site, site.place, ["a", "b"])
      yield* site.store.remove(at(site, "a"))
      yield* fill(site, ["c"])
      yield* lists(site, site.place, ["b", "c"])
    }),
    promise(
      "is in the order of the bytes of names",
      [limited("order", "is bytes", ({ order }) => order === "bytes")],
      function* (site) {
        const names = ["b", "a", "B", "aa", "a-", "é", "z", "\u{ff5a}", "\u{1f600}", "10", "9"]
        yield* fill(site, names)
        yield* lists(site, site.place, names)
        const found = (yield* entriesOf(site, site.place, { limit: 4 })).map(({ path }) => path.at(-1)!)
        assert.deepEqual(
          found,
          names.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
        )
      }
    ),
    promise(
      "of a directory that does not exist is empty",
      [limited("missingDirectories", "is empty", (limits) => limits.missingDirectories === "empty")],
      function* (site) {
        yield* fill(site, ["missing-not"])
        assert.deepEqual(yield* entriesOf(site, at(site, "missing")), [])
      }
    ),
    promise(
      "of a directory that does not exist is not_found",
      [limited("missingDirectories", "is not_found", (limits) => limits.missingDirectories === "not_found")],
      function* (site) {
        yield* fill(site, ["missing-not"])
        yield* refusal(entriesOf(site, at(site, "missing")), "not_found")
      }
    ),
    promise("of an object shows nothing", [], function* (site) {
      yield* fill(site, ["object"])
      const result = yield* Effect.result(entriesOf(site, at(site, "object")))
      if (result._tag === "Success") assert.deepEqual(result.success, [])
      else assert.ok(["not_a_directory", "not_found"].includes(result.failure.reason._tag))
    }),
    promise(
      "shows an object and a directory of the same name",
      [limited("objectsBesideDirectories", "is true", (limits) => limits.objectsBesideDirectories)],
      function* (site) {
        yield* fill(site, ["a", "a/b"])
        yield* lists(site, site.place, ["a", "a/"], { limit: 1 })
        yield* eventually(site, lists(site, at(site, "a"), ["b"]))
      }
    )
  ]
}
