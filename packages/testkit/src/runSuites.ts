/**
 * Runs suites without any test runner.
 */
import { capabilitiesOf, type Capabilities } from "@mooring/core/Capabilities"
import type { StorageError } from "@mooring/core/StorageError"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Scope from "effect/Scope"
import { AssertionError } from "node:assert/strict"
import { lowered } from "./lowered.ts"
import type { Site, Subject, Suite, SuiteTest } from "./Suite.ts"

/** What became of one test. `detail` says why it was skipped or failed. */
export interface Outcome {
  readonly suite: string
  readonly title: string
  readonly outcome: "passed" | "failed" | "skipped"
  readonly detail?: string
}

/** What the subject's store can do, after its overrides. Opens it once. */
export const capabilitiesOfSubject = (subject: Subject): Effect.Effect<Capabilities, StorageError> =>
  Effect.scoped(Effect.map(subject.open, ({ store }) => capabilitiesOf(lowered(store, subject.overrides))))

/** Why this test is skipped: the member or limit that is missing, and the reason if it was lowered. */
export const missing = (subject: Subject, capabilities: Capabilities, test: SuiteTest): string | undefined => {
  const need = test.needs?.find(({ met }) => !met(capabilities, subject))
  if (need === undefined) return test.through && !subject[test.through] ? `subject.${test.through}` : undefined
  const reason = subject.overrides?.reasons[need.key]
  return reason === undefined ? need.name : `${need.name}: ${reason}`
}

const openSite = Effect.fnUntraced(function* (
  subject: Subject,
  test: SuiteTest
): Effect.fn.Return<Site, StorageError, Scope.Scope> {
  const opened = yield* (test.through && subject[test.through]) || subject.open
  const store = lowered(opened.store, subject.overrides)
  const { limits } = store
  return { ...opened, store, limits, subject, partSize: subject.partSize ?? limits.parts?.min ?? 1 }
})

/** Runs one test on a fresh place, in a scope of its own and within the subject's time. */
export const runTest = (subject: Subject, test: SuiteTest): Effect.Effect<void, StorageError> =>
  Effect.scoped(Effect.flatMap(openSite(subject, test), (site) => test.run(site))).pipe(
    Effect.timeoutOrElse({
      duration: subject.timeout ?? 60_000,
      orElse: () => Effect.die(new AssertionError({ message: `not done in ${subject.timeout ?? 60_000} ms` }))
    })
  )

/** Runs every test of the suites, one after the other, and says what became of each. */
export const runSuites = Effect.fnUntraced(function* (
  subject: Subject,
  suites: ReadonlyArray<Suite>
): Effect.fn.Return<ReadonlyArray<Outcome>, StorageError> {
  const capabilities = yield* capabilitiesOfSubject(subject)
  const outcomes: Array<Outcome> = []
  for (const suite of suites) {
    for (const test of suite.tests) {
      const named = { suite: suite.name, title: test.title }
      const lacking = missing(subject, capabilities, test)
      if (lacking !== undefined) {
        outcomes.push({ ...named, outcome: "skipped", detail: lacking })
        continue
      }
      const exit = yield* Effect.exit(runTest(subject, test))
      outcomes.push(
        Exit.isSuccess(exit)
          ? { ...named, outcome: "passed" }
          : { ...named, outcome: "failed", detail: Cause.pretty(exit.cause) }
      )
    }
  }
  return outcomes
})
