import { assert, describe, it } from "@effect/vitest"
import { failuresOf } from "../src/failures.ts"

const passed = { ancestorTitles: [], title: "passes", status: "passed", failureMessages: [] }

describe("failuresOf", () => {
  it("names file, test and the first lines of the message, without colours and stack", () => {
    const failed = {
      ancestorTitles: ["a store", "read"],
      title: "is whole",
      status: "failed",
      failureMessages: [
        "\u001b[31mAssertionError\u001b[39m: no\n+ 1\n\n- 2\n    at read (/a/b.ts:1:2)\n    at x",
        "second"
      ]
    }
    const many = { ...failed, title: "many", failureMessages: [Array.from({ length: 20 }, (_, at) => at).join("\n")] }
    const file = { name: "/here/packages/a/test/b.test.ts", status: "failed", assertionResults: [passed, failed, many] }
    assert.deepStrictEqual(failuresOf([file], "/here"), [
      "FAILED  packages/a/test/b.test.ts > a store > read > is whole\n" +
        ["AssertionError: no", "+ 1", "- 2", "second"].map((line) => `        ${line}`).join("\n"),
      "FAILED  packages/a/test/b.test.ts > a store > read > many\n" +
        ["0", "1", "2", "3", "4", "5", "6", "7", "…"].map((line) => `        ${line}`).join("\n")
    ])
  })

  it("names a file that could not be loaded or prepared, and nothing that passed", () => {
    const broken = { name: "/here/b.test.ts", status: "failed", message: "Cannot find module", assertionResults: [] }
    const prepared = { ...broken, message: "hook", assertionResults: [{ ...passed, status: "skipped" }] }
    const sound = { name: "/here/c.test.ts", status: "passed", message: "", assertionResults: [passed] }
    assert.deepStrictEqual(failuresOf([broken, prepared, sound], "/here"), [
      "FAILED  b.test.ts\n        Cannot find module",
      "FAILED  b.test.ts\n        hook"
    ])
  })
})
