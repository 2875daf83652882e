/**
 * `writeAt`, `setTier` and `usage`: what changes an object in its place, and what a store says of itself.
 */
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import { bytesOf } from "../bodies.ts"
import { limit, member } from "../needs.ts"
import { promise } from "../promise.ts"
import { at, eventually, holds, objectAt, put, refusal } from "../steps.ts"
import type { Suite } from "../Suite.ts"

const writes = [member("writeAt")]
const tiers = [member("setTier"), limit("tiers", "are given", ({ tiers: names }) => names !== undefined)]

/** Promises of the members that change an object where it is. */
export const patches: Suite = {
  name: "patches",
  tests: [
    promise("writeAt overwrites what is there and nothing else", writes, function* (site) {
      yield* put(site, at(site, "object"), "0123456789")
      yield* site.store.writeAt!(at(site, "object"), 3, bytesOf("abc"))
      yield* holds(site, at(site, "object"), "012abc6789")
    }),
    promise("writeAt goes beyond the end, with zeros between", writes, function* (site) {
      yield* put(site, at(site, "object"), "01")
      const info = yield* site.store.writeAt!(at(site, "object"), 4, bytesOf("45"))
      assert.equal(info.size, 6)
      yield* holds(site, at(site, "object"), "01\0\x0045")
    }),
    promise("writeAt of what is not there is not_found", writes, function* (site) {
      yield* refusal(site.store.writeAt!(at(site, "nothing"), 0, bytesOf("x")), "not_found")
    }),
    promise("setTier moves an object and keeps what it is", tiers, function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "text")
      const before = yield* objectAt(site, path)
      for (const tier of site.limits.tiers ?? []) {
        yield* site.store.setTier!(path, tier)
        const found = yield* objectAt(site, path)
        // A service may leave the name of its usual tier out.
        assert.ok(found.tier === tier || (found.tier === undefined && tier === site.limits.tiers?.[0]), `${found.tier}`)
        assert.deepEqual([found.size, found.contentType], [before.size, before.contentType])
        // What is in an archive cannot be read at once, and its bytes are not seen.
        yield* Effect.catchIf(
          holds(site, path, "text"),
          ({ reason }) => reason._tag === "archived_tier",
          () => Effect.void
        )
      }
    }),
    promise("setTier refuses what is no tier", tiers, function* (site) {
      yield* put(site, at(site, "object"), "text")
      yield* refusal(site.store.setTier!(at(site, "object"), "no such tier"), "invalid_value", "unsupported")
      yield* refusal(site.store.setTier!(at(site, "nothing"), site.limits.tiers![0]!), "not_found")
    }),
    promise("usage is whole numbers that fit together", [member("usage")], function* (site) {
      yield* put(site, at(site, "object"), "text")
      const check = Effect.map(site.store.usage!(site.place.slice(0, 1)), ({ used, free, total, objects }) => {
        const known = [used, free, total, objects].filter((one) => one !== undefined)
        assert.ok(known.length > 0, "something is known")
        for (const one of known) assert.ok(Number.isSafeInteger(one) && one >= 0, `${one} is a whole number`)
        assert.ok((used ?? 4) >= 4 && (objects ?? 1) >= 1, "what was written is in it")
        assert.ok((used ?? 0) <= (total ?? Infinity) && (free ?? 0) <= (total ?? Infinity), "no more than all")
      })
      yield* eventually(site, check)
    })
  ]
}
