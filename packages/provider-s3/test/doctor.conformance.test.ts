/**
 * The doctor's score over misconfigurations of a real server: `MOORING_SETUP` is the line of JSON that its setup's `up`
 * printed.
 */
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { everywhere, ofCeph } from "./doctor/realCases.ts"
import { scoreOf } from "./doctor/score.ts"

const { setup, ...printed } = JSON.parse(process.env["MOORING_SETUP"] ?? "")
const cases = [...everywhere(printed), ...(setup === "ceph" ? ofCeph(printed) : [])]

describe(`the doctor before ${setup}`, () => {
  it.live(
    "says of every misconfiguration what it said before",
    () =>
      Effect.gen(function* () {
        const score = yield* scoreOf(cases)
        process.stdout.write(`the doctor before ${setup}: ${score.trimEnd().split("\n").at(-1)}\n`)
        yield* Effect.promise(() => expect(score).toMatchFileSnapshot(`./doctor/score.${setup}.txt`))
      }),
    120_000
  )
})
