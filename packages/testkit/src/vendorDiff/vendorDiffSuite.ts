/**
 * The comparison with a vendor's client as a test of vitest.
 */
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import { describe, it } from "vitest"
import type { Work } from "./differences.ts"
import { runWork } from "./runWork.ts"
import type { VendorDiffSubject } from "./VendorDiffSubject.ts"
import { lineOf, verdictOf, type Allowed } from "./verdict.ts"

/** How the comparison is registered. */
export interface VendorDiffSuiteOptions {
  /** What is before the test: `what b2sdk and ours send for the same work`. */
  readonly name: string
  /** Every difference that may be, each for a reason. One that nothing meets any more fails like one that is missing. */
  readonly allowed: ReadonlyArray<Allowed>
  /** Works at the same time; 8 if absent. */
  readonly concurrency?: number
  /** For all works together, in milliseconds; five minutes if absent. */
  readonly timeout?: number
}

/** Registers one test: all works, plain and with every failure, differ in what is allowed and in nothing else. */
export const vendorDiffSuite = <W extends Work, Server, Failure>(
  subject: VendorDiffSubject<W, Server, Failure>,
  { name, allowed, concurrency = 8, timeout = 300_000 }: VendorDiffSuiteOptions
): void => {
  const cases = subject.works.flatMap((work) =>
    [undefined, ...Object.keys(subject.failures)].map((failure) => ({ work, failure }))
  )
  describe(name, () => {
    it(
      "differs in what is allowed, each for a reason, and in nothing else",
      () =>
        Effect.runPromise(
          Effect.forEach(cases, ({ work, failure }) => runWork(subject, work, failure), { concurrency })
        ).then((found) => {
          assert.equal(new Set(allowed.map(lineOf)).size, allowed.length, "an entry is there twice")
          assert.deepEqual(verdictOf(found.flat(), allowed), { unlisted: [], stale: [] })
        }),
      timeout
    )
  })
}
