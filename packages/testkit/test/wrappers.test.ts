/** Core's wrappers keep the promises of the store that they wrap. */
import { prefix } from "@mooring/core/wrappers/prefix"
import { tracing } from "@mooring/core/wrappers/tracing"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { memorySubject, versioned } from "../src/memory/index.ts"
import { runSuites } from "../src/runSuites.ts"
import type { Subject } from "../src/Suite.ts"
import { suites } from "../src/suites/index.ts"

const failed = (subject: Subject) =>
  Effect.map(runSuites(subject, suites), (outcomes) => outcomes.filter(({ outcome }) => outcome === "failed"))

const below = memorySubject(versioned, (store) => prefix(store, ["box", "root"]))

describe.concurrent("wrappers", () => {
  it.live(
    "tracing",
    Effect.fnUntraced(function* () {
      assert.deepStrictEqual(yield* failed(memorySubject(versioned, (store) => tracing(store, "bck_0"))), [])
    }),
    600_000
  )

  it.live(
    "prefix",
    Effect.fnUntraced(function* () {
      const { testConnection: _, ...subject } = below
      const open = Effect.map(below.open, ({ store }) => ({ store, place: ["place"] }))
      const outcomes = yield* failed({ ...subject, open, faults: below.faults! })
      assert.deepStrictEqual(outcomes, [])
    }),
    600_000
  )
})
