/**
 * What every connection test promises, whatever it says: all stages in their order, nothing left behind, no secret in
 * any text, and what passed works.
 */
import type { ObjectStore, Path } from "@mooring/core"
import { stageNames, type Stage, type StageName } from "@mooring/core/ConnectionTest"
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import { blocks } from "../bodies.ts"
import type { Config } from "./DoctorCase.ts"
import type { Examinee } from "./DoctorSubject.ts"

/** Every stage of the plugin has a result, in the order of all; `write` only where it was asked for. */
export const assertStages = (
  { stages: known = stageNames }: Examinee,
  stages: ReadonlyArray<Stage>,
  write: boolean
): void =>
  assert.deepEqual(
    stages.map(({ stage }) => stage),
    stageNames.filter((name) => known.includes(name) && (write || name !== "write"))
  )

/** What is at the service is what was there before, and as many things more as a refused removal leaves. */
export const assertLeft = (before: ReadonlyArray<string>, after: ReadonlyArray<string>, leaves: number): void => {
  const gone = before.filter((name) => !after.includes(name))
  const left = after.filter((name) => !before.includes(name))
  assert.deepEqual(gone, [], "something was removed")
  assert.equal(left.length, leaves, `left behind: ${left.join(", ")}`)
}

/** No option that is marked secret is in what was said, as it was written, without what surrounds it, or escaped. */
export const assertNoSecret = ({ plugin }: Examinee, config: Config, said: ReadonlyArray<object>): void => {
  const texts = said.flatMap((one) => Object.values(one).map(String)).join("\n")
  for (const { name } of plugin.describe().options.filter(({ secret }) => secret)) {
    const value = config[name]
    if (typeof value !== "string" || value.trim() === "") continue
    for (const form of [value.trim(), encodeURIComponent(value.trim())]) {
      assert.ok(!texts.includes(form), `the secret ${name} is in ${texts.replaceAll(form, "SECRET")}`)
    }
  }
}

/** What passed works in the store that is opened then: listing, reading some object, writing and removing one. */
export const assertWorks = Effect.fnUntraced(function* (store: ObjectStore, at: Path, stages: ReadonlyArray<Stage>) {
  const passed = (name: StageName) => stages.some(({ stage, outcome }) => stage === name && outcome === "passed")
  const { entries } = passed("list") ? yield* store.listPage(at) : { entries: [] }
  if (passed("read")) {
    const reads = entries.filter(({ kind }) => kind === "object").map(({ path }) => Effect.scoped(store.read(path)))
    const done = yield* Effect.forEach(reads, Effect.isSuccess)
    assert.ok(
      done.some((one) => one),
      "reading passed, but no object can be read"
    )
  }
  if (passed("write")) {
    const path = [...at, "works"]
    yield* store.write(path, blocks("text"))
    yield* store.remove(path)
  }
})
