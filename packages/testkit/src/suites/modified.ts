/**
 * Modification times.
 */
import type { Path } from "@mooring/core/Path"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import { member, stores } from "../needs.ts"
import { promise } from "../promise.ts"
import { at, eventually, holds, objectAt, put, refusal } from "../steps.ts"
import type { Site, Suite } from "../Suite.ts"

const isModified = (site: Site, path: Path, expected: number) =>
  eventually(
    site,
    Effect.map(objectAt(site, path), ({ modified }) => {
      assert.ok(modified !== undefined, "there is a modification time")
      const precision = site.limits.modifiedPrecision ?? 1
      const near = precision <= 1 ? Math.floor(modified) === expected : Math.abs(modified - expected) < precision
      assert.ok(near, `${modified} is not ${expected} to ${precision} ms`)
    })
  )

const times = { "in this century": 1_700_000_000_123, "long ago": 86_400_001, "far ahead": 4_102_444_800_999 }

/** Promises of `write` and `setModified` about times. */
export const modified: Suite = {
  name: "modified",
  tests: [
    ...Object.entries(times).map(([title, time]) =>
      promise(`a time ${title} is stored to the stated precision`, [stores("modified")], function* (site) {
        yield* put(site, at(site, "object"), "text", { modified: time })
        yield* isModified(site, at(site, "object"), time)
        const { info } = yield* site.store.read(at(site, "object"))
        assert.equal(info.modified, (yield* objectAt(site, at(site, "object"))).modified)
      })
    ),
    promise("without a time it is now, within the clocks' difference", [stores("modified")], function* (site) {
      const before = yield* Clock.currentTimeMillis
      yield* put(site, at(site, "object"), "text")
      const { modified: found } = yield* objectAt(site, at(site, "object"))
      assert.ok(found !== undefined && Math.abs(found - before) < 900_000, "within 15 minutes")
    }),
    promise("setModified changes the time", [member("setModified")], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "text")
      yield* site.store.setModified!(path, times["in this century"])
      yield* isModified(site, path, times["in this century"])
      yield* holds(site, path, "text")
    }),
    promise("setModified changes nothing else", [member("setModified"), stores("metadata")], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "text", { contentType: "text/plain", metadata: { colour: "blue" } })
      yield* site.store.setModified!(path, times["long ago"])
      yield* isModified(site, path, times["long ago"])
      const info = yield* objectAt(site, path)
      assert.deepEqual([info.contentType, { ...info.metadata }], ["text/plain", { colour: "blue" }])
    }),
    promise("setModified of nothing is not_found", [member("setModified")], function* (site) {
      yield* refusal(site.store.setModified!(at(site, "missing"), 1_700_000_000_000), "not_found")
    })
  ]
}
