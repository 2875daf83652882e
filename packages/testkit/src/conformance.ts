/**
 * The suites as vitest tests: the one file that knows the test runner.
 */
import * as Effect from "effect/Effect"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { capabilitiesOfSubject, missing, runTest } from "./runSuites.ts"
import type { Subject, Suite } from "./Suite.ts"
import { suites as allSuites } from "./suites/index.ts"

/** How the suites are registered. */
export interface ConformanceOptions {
  /** The committed list of skipped tests; vitest writes it at first and fails in CI when it differs. */
  readonly skipped: URL
  /** All suites if absent. */
  readonly suites?: ReadonlyArray<Suite>
}

/**
 * Registers every test of the suites over the subject, to be awaited at the top of a test file. It opens the subject
 * once, to know which tests apply. What does not apply is a visible skipped test that names what is missing.
 */
export const conformance = async (subject: Subject, { skipped, suites = allSuites }: ConformanceOptions) => {
  const capabilities = await Effect.runPromise(capabilitiesOfSubject(subject))
  const timeout = (subject.timeout ?? 60_000) + 5_000
  describe(subject.name, () => {
    const list: Array<string> = []
    for (const suite of suites) {
      describe(suite.name, () => {
        for (const test of suite.tests) {
          const lacking = missing(subject, capabilities, test)
          if (lacking === undefined) {
            it(test.title, () => Effect.runPromise(runTest(subject, test)), timeout)
            continue
          }
          list.push(`${suite.name} > ${test.title} [${lacking}]\n`)
          it.skip(`${test.title} [${lacking}]`)
        }
      })
    }
    it("skips what the committed list says", () => expect(list.join("")).toMatchFileSnapshot(fileURLToPath(skipped)))
  })
}
