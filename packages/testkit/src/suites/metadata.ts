/**
 * Content type and user metadata.
 */
import type { Path } from "@mooring/core/Path"
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import { blocks } from "../bodies.ts"
import { stores } from "../needs.ts"
import { promise } from "../promise.ts"
import { at, eventually, objectAt, put } from "../steps.ts"
import type { Site, Suite } from "../Suite.ts"

const metadataAt = (site: Site, path: Path) =>
  Effect.map(objectAt(site, path), ({ metadata = {} }) => Object.assign({}, metadata))

/** Promises of `write` about what belongs to an object beside its bytes. */
export const metadata: Suite = {
  name: "metadata",
  tests: [
    promise("the content type is stored", [stores("contentType")], function* (site) {
      const path = at(site, "object")
      const contentType = "text/plain; charset=utf-8"
      const written = yield* put(site, path, "text", { contentType })
      if (written.contentType !== undefined) assert.equal(written.contentType, contentType)
      assert.equal((yield* objectAt(site, path)).contentType, contentType)
      assert.equal((yield* site.store.read(path)).info.contentType, contentType)
    }),
    promise("metadata is stored", [stores("metadata")], function* (site) {
      const path = at(site, "object")
      const written = { colour: "blue", number: "7", "with-dash": "a b=c; d" }
      yield* put(site, path, "text", { metadata: written })
      assert.deepEqual(yield* metadataAt(site, path), written)
      assert.deepEqual(Object.assign({}, (yield* site.store.read(path)).info.metadata), written)
    }),
    promise("names of metadata are read in lower case", [stores("metadata")], function* (site) {
      yield* put(site, at(site, "object"), "text", { metadata: { Colour: "Blue" } })
      assert.deepEqual(yield* metadataAt(site, at(site, "object")), { colour: "Blue" })
    }),
    promise("metadata beyond ASCII is stored or refused", [stores("metadata")], function* (site) {
      const path = at(site, "object")
      const written = yield* Effect.result(site.store.write(path, blocks("x"), { metadata: { greeting: "Grüße ☂" } }))
      if (written._tag === "Failure") assert.equal(written.failure.reason._tag, "invalid_value")
      else assert.deepEqual(yield* metadataAt(site, path), { greeting: "Grüße ☂" })
    }),
    promise("a new object has none of the metadata before", [stores("metadata")], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "text", { metadata: { colour: "blue", size: "small" } })
      yield* put(site, path, "changed", { metadata: { colour: "red" } })
      yield* eventually(
        site,
        Effect.map(metadataAt(site, path), (found) => assert.deepEqual(found, { colour: "red" }))
      )
      yield* put(site, path, "changed again")
      yield* eventually(
        site,
        Effect.map(metadataAt(site, path), (found) => assert.deepEqual(found, {}))
      )
    })
  ]
}
