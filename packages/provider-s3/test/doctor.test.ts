/**
 * The doctor's score over misconfigurations that are made here. It is a promise: a change of it, for better or worse,
 * is seen, and `vitest run -u` commits it.
 */
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { cases } from "./doctor/cases/index.ts"
import { scoreOf } from "./doctor/score.ts"

describe("the doctor", () => {
  it.live(
    "says of every misconfiguration what it said before",
    () =>
      Effect.gen(function* () {
        const score = yield* scoreOf(cases)
        process.stdout.write(`the doctor: ${score.trimEnd().split("\n").at(-1)}\n`)
        yield* Effect.promise(() => expect(score).toMatchFileSnapshot("./doctor/score.txt"))
      }),
    120_000
  )
})
