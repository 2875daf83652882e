/**
 * The doctor's score as a test of vitest.
 */
import * as Effect from "effect/Effect"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import type { DoctorCase } from "./DoctorCase.ts"
import type { Examinee } from "./DoctorSubject.ts"
import { scoreOf } from "./score.ts"

/** How the score is registered. */
export interface DoctorSuiteOptions {
  /** What is before the cases: `the doctor of s3`. */
  readonly name: string
  /** The committed score. It is a promise: a change of it, for better or worse, is seen, and `vitest run -u` commits it. */
  readonly score: URL
  /** For all cases together, in milliseconds; two minutes if absent. */
  readonly timeout?: number
}

/** Registers one test: every case keeps the promises of a connection test, and is told as the committed score says. */
export const doctorSuite = (
  examinee: Examinee,
  cases: ReadonlyArray<DoctorCase>,
  { name, score, timeout = 120_000 }: DoctorSuiteOptions
): void => {
  describe(name, () => {
    it(
      "says of every misconfiguration what it said before",
      () =>
        Effect.runPromise(scoreOf(examinee, cases)).then((found) => {
          process.stdout.write(`${name}: ${found.trimEnd().split("\n").at(-1)}\n`)
          return expect(found).toMatchFileSnapshot(fileURLToPath(score))
        }),
      timeout
    )
  })
}
