import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { allowed } from "./allowed.ts"
import { lineOf, verdictOf } from "./compare.ts"
import { failures } from "./failures.ts"
import { runWork } from "./runWork.ts"
import { works } from "./works.ts"

const cases = works.flatMap((work) => [
  { work, failure: undefined, injected: [] },
  ...Object.entries(failures).map(([failure, injected]) => ({ work, failure, injected }))
])

describe("what the vendor's client and ours send for the same work", () => {
  it.live(
    "differs in what is allowed, each for a reason, and in nothing else",
    () =>
      Effect.gen(function* () {
        assert.strictEqual(new Set(allowed.map(lineOf)).size, allowed.length, "an entry is there twice")
        const found = yield* Effect.forEach(cases, ({ work, failure, injected }) => runWork(work, failure, injected), {
          concurrency: 8
        })
        assert.deepStrictEqual(verdictOf(found.flat(), allowed), { unlisted: [], stale: [] })
      }),
    300_000
  )
})
