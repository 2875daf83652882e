/**
 * Names: what the caller names is what is reached, or it is refused.
 */
import type { Path } from "@mooring/core/Path"
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import { blocks } from "../bodies.ts"
import { limit } from "../needs.ts"
import { promise } from "../promise.ts"
import { absent, at, eventually, holds, lists, nothingLeft, objectAt, put, refusal, textAt } from "../steps.ts"
import type { Site, Suite, SuiteTest } from "../Suite.ts"
import { hostileNames, type HostileName } from "./hostileNames.ts"

const refused = Effect.fnUntraced(function* (site: Site, path: Path) {
  const { store } = site
  yield* refusal(store.write(path, blocks("x")), "invalid_name")
  yield* refusal(store.stat(path), "invalid_name", "not_found")
  yield* refusal(textAt(site, path), "invalid_name", "not_found")
  yield* nothingLeft(site)
})

const reaches = ({ title, text, neighbours }: HostileName): SuiteTest =>
  promise(`${title}: is reached or refused, and is no other name`, [], function* (site) {
    const { store } = site
    const path = at(site, text)
    const beside: Array<string> = []
    for (const neighbour of neighbours) {
      const result = yield* Effect.result(put(site, at(site, neighbour), `at ${neighbour}`))
      if (result._tag === "Success") beside.push(neighbour)
      else assert.equal(result.failure.reason._tag, "invalid_name", `writing ${JSON.stringify(neighbour)}`)
    }
    const intact = Effect.forEach(beside, (neighbour) => holds(site, at(site, neighbour), `at ${neighbour}`))
    yield* eventually(site, Effect.asVoid(refusal(store.stat(path), "not_found", "invalid_name")))
    yield* refusal(textAt(site, path), "not_found", "invalid_name", "is_a_directory")
    const none = yield* Effect.result(store.remove(path))
    if (none._tag === "Failure") assert.equal(none.failure.reason._tag, "invalid_name", "removing what is not there")
    yield* intact
    const written = yield* Effect.result(store.write(path, blocks("hostile")))
    if (written._tag === "Failure") {
      assert.equal(written.failure.reason._tag, "invalid_name", "what cannot be stored is refused")
      yield* lists(site, site.place, beside, { recursive: true })
      return yield* Effect.asVoid(intact)
    }
    assert.deepEqual(written.success.path, path)
    yield* holds(site, path, "hostile")
    assert.deepEqual((yield* objectAt(site, path)).path, path)
    yield* lists(site, site.place, [...beside, text], { recursive: true })
    yield* intact
    yield* store.remove(path)
    yield* absent(site, path)
    yield* intact
  })

/** Promises about names. */
export const paths: Suite = {
  name: "paths",
  tests: [
    ...hostileNames.map(reaches),
    promise("a slash in a segment is refused", [], function* (site) {
      yield* refused(site, [...site.place, "a/b"])
    }),
    promise("a lone surrogate is refused", [], function* (site) {
      yield* refused(site, [...site.place, "\ud800"])
    }),
    promise(
      "the longest segment is stored, a longer one is refused",
      [limit("maxSegment", "is at most 4096", ({ maxSegment = Infinity }) => maxSegment <= 4096)],
      function* (site) {
        const longest = "s".repeat(site.limits.maxSegment!)
        yield* put(site, at(site, longest), "text")
        yield* holds(site, at(site, longest), "text")
        yield* site.store.remove(at(site, longest))
        yield* absent(site, at(site, longest))
        yield* refused(site, at(site, `${longest}s`))
      }
    ),
    promise(
      "a key that is too long is refused",
      [limit("maxKey", "is at most 4096", ({ maxKey = Infinity }) => maxKey <= 4096)],
      function* (site) {
        yield* refused(site, at(site, Array(60).fill("d".repeat(99)).join("/")))
      }
    ),
    promise("a name in a directory keeps the directory's name", [], function* (site) {
      yield* put(site, at(site, "Dir one/%2F+&?#/x"), "text")
      yield* lists(site, site.place, ["Dir one/"])
      yield* lists(site, at(site, "Dir one"), ["%2F+&?#/"])
      yield* lists(site, at(site, "Dir one/%2F+&?#"), ["x"])
    })
  ]
}
