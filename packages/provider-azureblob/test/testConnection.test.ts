import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { AzureBlob } from "../src/index.ts"
import { host } from "./host.ts"
import { optionsFor, runningDouble } from "./openDouble.ts"

/** The stage `authenticate` of a test with the options of a double and these. */
const authenticating = Effect.fnUntraced(function* (options: object) {
  const prepared = AzureBlob.prepare({ ...optionsFor(yield* runningDouble()), ...options })
  if (prepared.issues !== undefined) return assert.fail(JSON.stringify(prepared.issues))
  const stages = yield* Effect.provide(prepared.test({ at: ["box"] }), yield* Layer.build(host))
  return stages.find(({ stage }) => stage === "authenticate")
})

describe("the stage that authenticates", () => {
  it.live("says which identity is used and which options are ignored", () =>
    Effect.gen(function* () {
      const stage = yield* authenticating({ tenant: "t", client_id: "c", client_secret: "s", use_msi: true })
      assert.strictEqual(stage?.outcome, "passed")
      assert.strictEqual(stage?.detail, "key is used, client_secret, tenant, client_id and use_msi are ignored")
      assert.isUndefined((yield* authenticating({}))?.detail)
    }).pipe(Effect.scoped)
  )
  it.live("says that it was the emulator's key", () =>
    Effect.gen(function* () {
      const stage = yield* authenticating({ key: "", use_emulator: true, use_az: true })
      assert.deepStrictEqual([stage?.outcome, stage?.pointer], ["failed", "#/use_emulator"])
      assert.match(stage?.detail ?? "", /; use_emulator is used, use_az is ignored$/)
    }).pipe(Effect.scoped)
  )
})
