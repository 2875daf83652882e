/**
 * `copy` and `move`: at the provider.
 */
import type { OptionalMember } from "@mooring/core/ObjectStore"
import * as assert from "node:assert/strict"
import { member, stores, validator } from "../needs.ts"
import { promise } from "../promise.ts"
import { absent, at, holds, objectAt, put, refusal } from "../steps.ts"
import type { Suite, SuiteTest } from "../Suite.ts"

/** What copy and move promise both. */
const both = (name: OptionalMember & ("copy" | "move")): ReadonlyArray<SuiteTest> => [
  promise(`${name} gives the target the bytes`, [member(name)], function* (site) {
    const [from, to] = [at(site, "from"), at(site, "dir/to")]
    yield* put(site, from, "text")
    const info = yield* site.store[name]!(from, to)
    assert.deepEqual([info.path, info.size], [to, 4])
    yield* holds(site, to, "text")
  }),
  promise(`${name} replaces the target`, [member(name)], function* (site) {
    yield* put(site, at(site, "from"), "new")
    yield* put(site, at(site, "to"), "what was there")
    yield* site.store[name]!(at(site, "from"), at(site, "to"))
    yield* holds(site, at(site, "to"), "new")
  }),
  promise(`${name} keeps content type and metadata`, [member(name), stores("metadata")], function* (site) {
    yield* put(site, at(site, "from"), "text", { contentType: "text/plain", metadata: { colour: "blue" } })
    yield* site.store[name]!(at(site, "from"), at(site, "to"))
    const info = yield* objectAt(site, at(site, "to"))
    assert.deepEqual([info.contentType, { ...info.metadata }], ["text/plain", { colour: "blue" }])
  }),
  promise(`${name} of nothing is not_found`, [member(name)], function* (site) {
    yield* put(site, at(site, "to"), "kept")
    yield* refusal(site.store[name]!(at(site, "missing"), at(site, "to")), "not_found")
    yield* holds(site, at(site, "to"), "kept")
  }),
  promise(`${name} onto itself loses nothing`, [member(name)], function* (site) {
    yield* put(site, at(site, "object"), "text")
    yield* site.store[name]!(at(site, "object"), at(site, "object"))
    yield* holds(site, at(site, "object"), "text")
  }),
  promise(`${name} takes hostile names as they are`, [member(name)], function* (site) {
    yield* put(site, at(site, "a b+c%2F&=?#"), "text")
    yield* site.store[name]!(at(site, "a b+c%2F&=?#"), at(site, "d e+f%2F&=?#é"))
    yield* holds(site, at(site, "d e+f%2F&=?#é"), "text")
  })
]

/** Promises of `copy` and `move`. */
export const copy: Suite = {
  name: "copy",
  tests: [
    ...both("copy"),
    ...both("move"),
    promise("copy keeps its source", [member("copy")], function* (site) {
      yield* put(site, at(site, "from"), "text")
      yield* site.store.copy!(at(site, "from"), at(site, "to"))
      yield* holds(site, at(site, "from"), "text")
    }),
    promise("copy with ifNoneMatch replaces nothing", [member("copy")], function* (site) {
      yield* put(site, at(site, "from"), "new")
      yield* put(site, at(site, "to"), "kept")
      const copied = site.store.copy!(at(site, "from"), at(site, "to"), { ifNoneMatch: "*" })
      yield* refusal(copied, "precondition_failed", "unsupported")
      yield* holds(site, at(site, "to"), "kept")
    }),
    promise("copy with ifMatch copies no other state", [member("copy"), validator], function* (site) {
      yield* put(site, at(site, "from"), "old")
      const { validator: ifMatch } = yield* objectAt(site, at(site, "from"))
      yield* put(site, at(site, "from"), "changed")
      const copied = site.store.copy!(at(site, "from"), at(site, "to"), { ifMatch: ifMatch! })
      yield* refusal(copied, "precondition_failed", "unsupported")
      yield* absent(site, at(site, "to"))
    }),
    promise("move leaves nothing at its source", [member("move")], function* (site) {
      yield* put(site, at(site, "from"), "text")
      yield* site.store.move!(at(site, "from"), at(site, "to"))
      yield* absent(site, at(site, "from"))
    })
  ]
}
