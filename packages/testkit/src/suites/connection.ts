/**
 * `check`, and the plugin's connection test.
 */
import { failedStage, stageNames, type Stage } from "@mooring/core/ConnectionTest"
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import { containers, given } from "../needs.ts"
import { promise } from "../promise.ts"
import { at, lists, nothingLeft, put, refusal } from "../steps.ts"
import type { Suite } from "../Suite.ts"

const tested = given("testConnection")
const outcomeOf = (stages: ReadonlyArray<Stage>, name: Stage["stage"]) =>
  stages.find(({ stage }) => stage === name)?.outcome

/** Promises of `check` and of connection tests. */
export const connection: Suite = {
  name: "connection",
  tests: [
    promise("check succeeds, again and at once", [], function* (site) {
      yield* site.store.check
      yield* Effect.all(
        Array.from({ length: 4 }, () => site.store.check),
        { concurrency: 4 }
      )
    }),
    promise("a test passes, its stages in order and each once", [tested], function* (site) {
      const stages = yield* site.subject.testConnection!({ at: site.place })
      assert.equal(failedStage(stages), undefined)
      const order = stages.map(({ stage }) => stageNames.indexOf(stage))
      assert.deepEqual(
        order,
        [...new Set(order)].toSorted((left, right) => left - right)
      )
      // A store without credentials has nothing to authenticate.
      assert.ok(["passed", "skipped", undefined].includes(outcomeOf(stages, "authenticate")))
      assert.equal(outcomeOf(stages, "list"), "passed")
      assert.ok(stages.every(({ duration }) => duration >= 0))
    }),
    promise("a test writes only when asked for", [tested], function* (site) {
      const stages = yield* site.subject.testConnection!({ at: site.place })
      assert.notEqual(outcomeOf(stages, "write"), "passed")
    }),
    promise("a test that writes leaves nothing behind", [tested], function* (site) {
      const stages = yield* site.subject.testConnection!({ at: site.place, write: true })
      assert.equal(outcomeOf(stages, "write"), "passed")
      yield* nothingLeft(site)
    }),
    promise("a test touches no object", [tested], function* (site) {
      yield* put(site, at(site, "object"), "text")
      yield* site.subject.testConnection!({ at: site.place, write: true })
      yield* lists(site, site.place, ["object"], { recursive: true })
    }),
    promise("a test without a place does not fail", [tested], function* (site) {
      const stages = yield* site.subject.testConnection!({})
      assert.equal(failedStage(stages), undefined)
    }),
    promise("a test of a missing container fails and makes none", [tested, containers], function* (site) {
      const missing = ["mooring-conformance-missing"]
      const stages = yield* site.subject.testConnection!({ at: missing, write: true })
      const code = failedStage(stages)?.code
      assert.ok(code === "not_found" || code === "permission_denied", `${code} names the missing container`)
      yield* refusal(site.store.stat(missing), "not_found", "permission_denied")
    })
  ]
}
