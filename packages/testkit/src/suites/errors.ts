/**
 * Errors: one model, told apart by code.
 */
import { errorCodes } from "@mooring/core/errorCodes"
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import { blocks } from "../bodies.ts"
import { containers } from "../needs.ts"
import { promise } from "../promise.ts"
import { at, entriesOf, nothingLeft, put, refusal, textAt } from "../steps.ts"
import type { Suite } from "../Suite.ts"

const elsewhere = "mooring-conformance-missing"

/** Promises about errors. */
export const errors: Suite = {
  name: "errors",
  tests: [
    promise("an error has a code, a sentence and says whether to retry", [], function* (site) {
      const reason = yield* refusal(site.store.stat(at(site, "missing")), "not_found")
      assert.ok(reason.detail.length > 0, "there is a detail")
      assert.equal(reason.retryable, errorCodes.not_found.retryable)
      assert.equal("cause" in reason, false, "no foreign error is kept")
    }),
    promise("the root is no object", [], function* (site) {
      yield* refusal(site.store.write([], blocks("x")), "invalid_name", "is_a_directory")
      yield* refusal(site.store.read([]), "invalid_name", "is_a_directory", "not_found")
    }),
    promise("a container is no object", [containers], function* (site) {
      const container = site.place.slice(0, 1)
      yield* refusal(site.store.write(container, blocks("x")), "invalid_name", "is_a_directory")
      yield* refusal(site.store.read(container), "invalid_name", "is_a_directory", "not_found")
    }),
    promise("a container that is missing is an error in every operation", [containers], function* (site) {
      const { store } = site
      const path = [elsewhere, "object"]
      yield* refusal(store.stat([elsewhere]), "not_found", "permission_denied")
      yield* refusal(store.stat(path), "not_found", "permission_denied")
      yield* refusal(store.listPage([elsewhere]), "not_found", "permission_denied")
      yield* refusal(textAt(site, path), "not_found", "permission_denied")
    }),
    promise("a write makes no container", [containers], function* (site) {
      const { store } = site
      const write = store.write([elsewhere, "object"], blocks("x"))
      yield* refusal(write, "not_found", "permission_denied")
      yield* refusal(store.stat([elsewhere]), "not_found", "permission_denied")
    }),
    promise("the root lists the containers, or the key may not", [containers], function* (site) {
      const result = yield* Effect.result(entriesOf(site, []))
      if (result._tag === "Failure") assert.equal(result.failure.reason._tag, "permission_denied")
      else {
        assert.ok(result.success.every(({ kind, path }) => kind === "container" && path.length === 1))
        assert.ok(result.success.some(({ path }) => path[0] === site.place[0]))
      }
    }),
    promise("stat of a container says so", [containers], function* (site) {
      const entry = yield* site.store.stat(site.place.slice(0, 1))
      assert.deepEqual([entry.kind, entry.path], ["container", site.place.slice(0, 1)])
    }),
    promise("after an error the store goes on", [], function* (site) {
      yield* refusal(textAt(site, at(site, "missing")), "not_found")
      yield* put(site, at(site, "object"), "text")
      yield* site.store.remove(at(site, "object"))
      yield* nothingLeft(site)
    })
  ]
}
