import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { MemoryBudget } from "../src/MemoryBudget.ts"

const MiB = 1024 * 1024

describe("MemoryBudget", () => {
  it.effect("makes those wait who ask for more than is left, and lets an interruption go", () =>
    Effect.gen(function* () {
      const budget = yield* MemoryBudget
      let held = 0
      const hold = (bytes: number) =>
        Effect.scoped(
          Effect.andThen(
            budget.take(bytes),
            Effect.andThen(
              Effect.sync(() => (held += bytes)),
              Effect.never
            )
          )
        )
      const first = yield* Effect.forkChild(hold(3 * MiB))
      const second = yield* Effect.forkChild(hold(2 * MiB))
      const third = yield* Effect.forkChild(hold(2 * MiB))
      yield* Effect.yieldNow
      assert.strictEqual(held, 3 * MiB)
      yield* Fiber.interrupt(second)
      yield* Fiber.interrupt(first)
      yield* Effect.yieldNow
      assert.strictEqual(held, 5 * MiB)
      yield* Fiber.interrupt(third)
      yield* Effect.scoped(budget.take(4 * MiB))
    }).pipe(Effect.provide(MemoryBudget.layer(4 * MiB)))
  )

  it.effect("counts more than the whole as the whole, so that nobody waits for ever", () =>
    Effect.scoped(Effect.flatMap(MemoryBudget, (budget) => budget.take(100 * MiB))).pipe(
      Effect.provide(MemoryBudget.layer(MiB))
    )
  )
})
