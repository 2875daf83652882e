import { assert, describe, it } from "@effect/vitest"
import { optionTable } from "../src/optionTable.ts"
import { sum } from "../src/sum.ts"

describe("sum", () => {
  it("counts a report that failed without a failed test as one failure", () => {
    const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numFailedTestSuites: 1, success: false }
    assert.deepStrictEqual(sum([report, { ...report, numFailedTests: 2 }, { ...report, success: true }]), {
      passed: 9,
      failed: 3,
      skipped: 3
    })
  })
})

describe("optionTable", () => {
  it("has a row for each option and escapes what would break the table", () => {
    const table = optionTable({
      title: "T",
      description: "D",
      options: [{ name: "key", kind: "secret", help: "a|b", default: "", secret: true, required: true, danger: "url" }]
    })
    assert.include(table, "| `key` | secret |  | required, secret, url | a\\|b |")
  })
})
