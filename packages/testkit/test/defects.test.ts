/** Each seeded defect fails exactly the suites that its entry names; a sound store fails none. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { defects, type Defect } from "../src/defects/index.ts"
import { memorySubject, versioned } from "../src/memory/index.ts"
import { runSuites } from "../src/runSuites.ts"
import { suites } from "../src/suites/index.ts"

const names = suites.map(({ name }) => name)

const failedSuites = Effect.fnUntraced(function* (damage: Defect["damage"], over = versioned) {
  const outcomes = yield* runSuites(memorySubject(over, damage), suites)
  const failed = outcomes.filter(({ outcome }) => outcome === "failed")
  return { failed, suites: names.filter((name) => failed.some(({ suite }) => suite === name)) }
})

const firstLine = (text = "") => text.split("\n")[0]

describe.concurrent("defects", () => {
  for (const { name, damage, over, fails } of defects) {
    it.live(
      name,
      Effect.fnUntraced(function* () {
        const found = yield* failedSuites(damage, over)
        const titles = found.failed
          .map(({ suite, title, detail }) => `${suite}: ${title}: ${firstLine(detail)}`)
          .join("\n")
        assert.deepStrictEqual(
          found.suites,
          names.filter((suite) => fails.includes(suite)),
          titles
        )
      }),
      600_000
    )
  }

  it.live(
    "a sound store fails no suite",
    Effect.fnUntraced(function* () {
      assert.deepStrictEqual((yield* failedSuites((store) => store)).failed, [])
    }),
    600_000
  )

  it("every suite notices a defect, and every entry names suites that exist", () => {
    const noticed = new Set(defects.flatMap(({ fails }) => fails))
    assert.deepStrictEqual([...noticed].toSorted(), names.toSorted())
    assert.strictEqual(new Set(defects.map(({ name }) => name)).size, defects.length)
  })
})
