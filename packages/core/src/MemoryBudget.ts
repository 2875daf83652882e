/**
 * How much memory all buffered parts of a process may take together.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"

/** What gives memory out. */
export interface MemoryBudgetShape {
  /** Waits until so many bytes are free and holds them for the Scope. More than the whole budget counts as all of it. */
  readonly take: (bytes: number) => Effect.Effect<void, never, Scope.Scope>
}

const kibibyte = 1024

/** The service, found by its key. */
export class MemoryBudget extends Context.Service<MemoryBudget, MemoryBudgetShape>()("@mooring/core/MemoryBudget") {
  /** A budget of so many bytes, counted in KiB. Who asks first is served first, so a large part does not starve. */
  static readonly layer = (bytes: number) =>
    Layer.effect(
      MemoryBudget,
      Effect.gen(function* () {
        const total = Math.ceil(bytes / kibibyte)
        const free = yield* Semaphore.make(total)
        const turn = yield* Semaphore.make(1)
        const take = (wanted: number) => {
          const permits = Math.min(total, Math.ceil(wanted / kibibyte))
          const held = Effect.acquireRelease(free.take(permits), () => free.release(permits), { interruptible: true })
          return Effect.asVoid(turn.withPermit(held))
        }
        return { take }
      })
    )
}
