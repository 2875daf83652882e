/**
 * The score of a corpus: a line for each case, and how many are right.
 */
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import type { DoctorCase } from "./DoctorCase.ts"
import type { Examinee } from "./DoctorSubject.ts"
import { examine, type Examined } from "./examine.ts"

const lineOf = ({ name, expected, seen, right }: Examined): string =>
  `${right ? "right" : "WRONG"} | ${name} | expected ${expected} | seen ${seen}`

/** Examines all, a few at a time, and says how they went. */
export const scoreOf = Effect.fnUntraced(function* (examinee: Examinee, cases: ReadonlyArray<DoctorCase>) {
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length, "two cases have the same name")
  const all = yield* Effect.forEach(cases, (one) => examine(examinee, one), { concurrency: 8 })
  const right = all.filter((one) => one.right).length
  return `${[...all.map(lineOf), `${right} of ${all.length} right`].join("\n")}\n`
})
