/**
 * One case through the plugin, as a host would connect it: the options, the connection test, and the promises of both.
 */
import { failedStage, type Stage } from "@mooring/core/ConnectionTest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as assert from "node:assert/strict"
import type { DoctorCase, Situation } from "./DoctorCase.ts"
import type { Examinee } from "./DoctorSubject.ts"
import { hostOf, underClockOf } from "./machine.ts"
import { assertLeft, assertNoSecret, assertStages, assertWorks } from "./promises.ts"

/** What became of a case. */
export interface Examined {
  readonly name: string
  readonly expected: string
  readonly seen: string
  readonly right: boolean
}

/** What is said first: of the stage that failed, or of one that could not be told. */
const spoken = (stages: ReadonlyArray<Stage>) => failedStage(stages) ?? stages.find(({ code }) => code !== undefined)

const nothing: Effect.Effect<ReadonlyArray<string>> = Effect.succeed([])

const examined = Effect.fnUntraced(function* (examinee: Examinee, situation: Situation) {
  const { config, at = [], write = false, inventory = nothing, leaves = 0 } = situation
  const prepared = examinee.plugin.prepare(config)
  if (prepared.issues !== undefined) {
    assertNoSecret(examinee, config, prepared.issues)
    const [first] = prepared.issues
    return {
      finding: `options ${prepared.issues.map(({ code, pointer }) => `${code} ${pointer}`).join(", ")}`,
      suggestion: first?.suggestion ?? first?.detail ?? ""
    }
  }
  // The inventory is taken by somebody whose clock is right.
  const before = yield* inventory
  const stages = yield* underClockOf(situation, Effect.scoped(prepared.test({ at, write })))
  assertLeft(before, yield* inventory, leaves)
  assertStages(examinee, stages, write)
  assertNoSecret(examinee, config, stages)
  if (failedStage(stages) === undefined) {
    const working = Effect.flatMap(prepared.open, ({ store }) => assertWorks(store, at, stages))
    yield* underClockOf(situation, Effect.scoped(working))
  }
  const said = spoken(stages)
  if (said === undefined) return { finding: "passed", suggestion: "" }
  const { stage, outcome, code, pointer = "-", suggestion = "" } = said
  return { finding: `${stage} ${outcome} ${code} ${pointer}`, suggestion }
})

const written = (finding: string, suggestion = "") => (suggestion === "" ? finding : `${finding} (${suggestion})`)

/** Ports and names of probes differ from run to run. */
const lasting = (text: string): string =>
  text.replace(/(?<=:)\d{4,5}\b/g, "PORT").replace(/mooring-test-[0-9a-f-]{32,36}/, "mooring-test-ID")

/**
 * Runs a case in a world of its own. A wrong finding is an outcome; a promise that is broken is a defect, which names
 * the case.
 */
export const examine = (
  examinee: Examinee,
  { name, arrange, finding, suggestion = "" }: DoctorCase
): Effect.Effect<Examined> =>
  Effect.gen(function* () {
    assert.ok(finding === "passed" || suggestion !== "", "expects no suggestion")
    const situation = yield* arrange
    const host = yield* Layer.build(hostOf(situation))
    const seen = yield* Effect.provide(examined(examinee, situation), host)
    return {
      name,
      expected: written(finding, suggestion),
      seen: lasting(written(seen.finding, seen.suggestion)),
      right: seen.finding === finding && lasting(seen.suggestion).includes(suggestion)
    }
  }).pipe(
    Effect.scoped,
    Effect.catch((error) => Effect.die(error)),
    Effect.catchDefect((cause) => Effect.die(new Error(`${name}: ${String(cause)}`, { cause })))
  )
