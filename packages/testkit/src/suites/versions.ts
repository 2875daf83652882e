/**
 * `versions`, `removeVersion` and reading one version.
 */
import type { Path } from "@mooring/core/Path"
import type { Version } from "@mooring/core/ObjectStore"
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import { limit, member } from "../needs.ts"
import { promiseOfVersions } from "../promise.ts"
import { absent, at, eventually, holds, put, refusal, textAt } from "../steps.ts"
import type { Site, Suite } from "../Suite.ts"

const needs = [member("versions")]
const texts = ["first", "second", "third", "fourth", "fifth", "sixth"]

const versionsOf = Effect.fnUntraced(function* (site: Site, path: Path) {
  const all: Array<Version> = []
  let cursor: string | undefined
  do {
    const page = yield* site.store.versions!(path, cursor === undefined ? {} : { cursor })
    all.push(...page.versions)
    assert.ok(page.cursor === undefined || page.cursor !== cursor, "the cursor moves")
    cursor = page.cursor
  } while (cursor !== undefined)
  return all
})

const writeAll = (site: Site, path: Path) => Effect.forEach(texts, (text) => put(site, path, text), { discard: true })

const sees = (site: Site, path: Path, count: number) =>
  eventually(
    site,
    Effect.tap(versionsOf(site, path), (all) => Effect.sync(() => assert.equal(all.length, count)))
  )

/** Promises about versions. */
export const versions: Suite = {
  name: "versions",
  tests: [
    promiseOfVersions("every state is kept, the newest first", needs, function* (site) {
      yield* writeAll(site, at(site, "object"))
      const all = yield* sees(site, at(site, "object"), texts.length)
      assert.deepEqual(
        all.map(({ current, deleted }) => [current, deleted]),
        texts.map((_, index) => [index === 0, false])
      )
      assert.deepEqual(
        all.map(({ info }) => info.size),
        texts.toReversed().map((text) => text.length)
      )
    }),
    promiseOfVersions("each version can be read", needs, function* (site) {
      yield* writeAll(site, at(site, "object"))
      const all = yield* sees(site, at(site, "object"), texts.length)
      const read = all.map(({ id }) => textAt(site, at(site, "object"), { version: id }))
      assert.deepEqual(yield* Effect.all(read), texts.toReversed())
    }),
    promiseOfVersions("of one object are not those of its neighbours", needs, function* (site) {
      for (const name of ["object", "object2", "object/deeper"]) yield* put(site, at(site, name), name)
      yield* sees(site, at(site, "object"), 1)
    }),
    promiseOfVersions("a removed object has a delete marker on top and its versions below", needs, function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "text")
      yield* site.store.remove(path)
      yield* absent(site, path)
      const [marker, version] = yield* sees(site, path, 2)
      assert.deepEqual([marker?.deleted, version?.deleted], [true, false])
      assert.equal(yield* textAt(site, path, { version: version!.id }), "text")
    }),
    promiseOfVersions("a version that is not there is not_found", needs, function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "text")
      const [version] = yield* sees(site, path, 1)
      yield* refusal(textAt(site, at(site, "other"), { version: version!.id }), "not_found")
    }),
    promiseOfVersions("one version can be removed for good", [...needs, member("removeVersion")], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "old")
      yield* put(site, path, "new")
      const [, old] = yield* sees(site, path, 2)
      yield* site.store.removeVersion!(path, old!.id)
      yield* sees(site, path, 1)
      yield* holds(site, path, "new")
      yield* site.store.removeVersion!(path, old!.id)
    }),
    promiseOfVersions(
      "without the current version the one before is current",
      [
        ...needs,
        member("removeVersion"),
        limit("withoutCurrent", "is the one before", ({ withoutCurrent }) => withoutCurrent === undefined)
      ],
      function* (site) {
        const path = at(site, "object")
        yield* put(site, path, "old")
        yield* put(site, path, "new")
        const [newest] = yield* sees(site, path, 2)
        yield* site.store.removeVersion!(path, newest!.id)
        yield* holds(site, path, "old")
      }
    )
  ]
}
