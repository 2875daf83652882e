/** Overrides lower a store, each with a reason, and the reason stands on what is skipped. */
import { assert, describe, it } from "@effect/vitest"
import { capabilitiesOf } from "@mooring/core/Capabilities"
import { lowered, overridesOf } from "../src/lowered.ts"
import { flat, memoryStore, memorySubject } from "../src/memory/index.ts"
import { missing } from "../src/runSuites.ts"
import type { Overrides } from "../src/Suite.ts"
import { suites } from "../src/suites/index.ts"

const overrides: Overrides = {
  lower: { presign: false, writeConditions: [] },
  reasons: { presign: "the server cannot", writeConditions: "the server ignores them" }
}

describe("lowered", () => {
  it("removes members and replaces limits", () => {
    const { members, limits } = capabilitiesOf(lowered(memoryStore(flat), overrides))
    assert.deepStrictEqual([members.presign, members.copy, limits.writeConditions], [false, true, []])
    assert.strictEqual(limits.validator, "strong")
  })

  it("refuses a lowered name without a reason, and a member that is raised", () => {
    assert.throws(() => lowered(memoryStore(flat), { ...overrides, reasons: {} }))
    const raised = { lower: { move: true }, reasons: { move: "why not" } } as unknown as Overrides
    assert.throws(() => lowered(memoryStore(flat), raised))
  })

  it("reads the file of a setup, and refuses a name that is neither member nor limit", () => {
    assert.deepStrictEqual(overridesOf(JSON.parse(JSON.stringify(overrides))), overrides)
    assert.throws(() => overridesOf({ lower: { presign: false } }))
    assert.throws(() =>
      lowered(memoryStore(flat), overridesOf({ lower: { presgin: false }, reasons: { presgin: "" } }))
    )
  })

  it("names what is missing, and why", () => {
    const subject = { ...memorySubject(flat), overrides }
    const capabilities = capabilitiesOf(lowered(memoryStore(flat), overrides))
    const reasons = suites
      .flatMap(({ tests }) => tests.map((test) => missing(subject, capabilities, test)))
      .filter((reason) => reason !== undefined)
    assert.include(reasons, "presign: the server cannot")
    assert.include(reasons, "limits.writeConditions has ifMatch: the server ignores them")
    assert.include(reasons, "move")
  })
})
