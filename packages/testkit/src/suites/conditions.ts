/**
 * Conditions of `read` and `write`, and options that a store does not honour.
 */
import type { Limits } from "@mooring/core/Capabilities"
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import { blocks, counted } from "../bodies.ts"
import { itsOwn, limit, validator, writes } from "../needs.ts"
import { promise } from "../promise.ts"
import { at, holds, nothingLeft, objectAt, put, refusal, textAt } from "../steps.ts"
import type { Suite, SuiteTest } from "../Suite.ts"

const unsupported = (condition: Limits["writeConditions"][number]): SuiteTest =>
  promise(
    `write refuses ${condition} before any byte where it is not honoured`,
    [
      limit("writeConditions", `lacks ${condition}`, ({ writeConditions }) => !writeConditions.includes(condition)),
      // A provider cannot refuse what it does not know: that this one server is weaker than its kind.
      itsOwn("writeConditions")
    ],
    function* (site) {
      const { body, pulled } = counted(4, 16)
      yield* refusal(site.store.write(at(site, "object"), body, { [condition]: "*" }), "unsupported")
      assert.equal(pulled(), 0)
      yield* nothingLeft(site)
    }
  )

/** Promises about conditions. */
export const conditions: Suite = {
  name: "conditions",
  tests: [
    promise("read with ifMatch gives the state that it names", [validator], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "text")
      const { validator: ifMatch } = yield* objectAt(site, path)
      assert.equal(yield* textAt(site, path, { ifMatch: ifMatch! }), "text")
    }),
    promise("read with ifMatch gives no other state", [validator], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "text")
      const { validator: ifMatch } = yield* objectAt(site, path)
      yield* put(site, path, "changed")
      yield* refusal(textAt(site, path, { ifMatch: ifMatch! }), "precondition_failed")
    }),
    promise(
      "read refuses ifMatch where nothing has a validator",
      [limit("validator", "is none", (limits) => limits.validator === "none")],
      function* (site) {
        yield* put(site, at(site, "object"), "text")
        yield* refusal(textAt(site, at(site, "object"), { ifMatch: "x" }), "unsupported")
      }
    ),
    promise("write with ifMatch replaces the state that it names", [writes("ifMatch")], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "text")
      const { validator: ifMatch } = yield* objectAt(site, path)
      yield* put(site, path, "changed", { ifMatch: ifMatch! })
    }),
    promise("write with ifMatch replaces no other state", [writes("ifMatch")], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "text")
      const { validator: ifMatch } = yield* objectAt(site, path)
      yield* put(site, path, "changed")
      const late = site.store.write(path, blocks("late"), { ifMatch: ifMatch!, size: 4 })
      yield* refusal(late, "precondition_failed")
      yield* holds(site, path, "changed")
    }),
    promise("write with ifMatch makes no object", [writes("ifMatch")], function* (site) {
      yield* put(site, at(site, "other"), "text")
      const { validator: ifMatch } = yield* objectAt(site, at(site, "other"))
      const write = site.store.write(at(site, "object"), blocks("x"), { ifMatch: ifMatch! })
      yield* refusal(write, "precondition_failed", "not_found")
    }),
    promise("write with ifNoneMatch makes an object", [writes("ifNoneMatch")], function* (site) {
      yield* put(site, at(site, "object"), "text", { ifNoneMatch: "*" })
    }),
    promise("write with ifNoneMatch replaces no object", [writes("ifNoneMatch")], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "text")
      yield* refusal(site.store.write(path, blocks("late"), { ifNoneMatch: "*" }), "precondition_failed")
      yield* holds(site, path, "text")
    }),
    promise("of two writes with ifNoneMatch one makes the object", [writes("ifNoneMatch")], function* (site) {
      const write = (text: string) =>
        Effect.result(site.store.write(at(site, "object"), blocks(text), { ifNoneMatch: "*", size: 4 }))
      const results = yield* Effect.forEach(["left", "righ"], write, { concurrency: 2 })
      assert.equal(results.filter(({ _tag }) => _tag === "Success").length, 1)
    }),
    unsupported("ifMatch"),
    unsupported("ifNoneMatch"),
    promise(
      "read refuses a version where there are none",
      [{ name: "no versions", key: "versions", met: ({ members }) => !members.versions }],
      function* (site) {
        yield* put(site, at(site, "object"), "text")
        yield* refusal(textAt(site, at(site, "object"), { version: "1" }), "unsupported")
      }
    )
  ]
}
