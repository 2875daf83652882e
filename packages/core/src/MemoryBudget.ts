/**
 * How much memory all buffered parts of a process may take together.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"

export interface MemoryBudgetShape {
  /** Waits until so many bytes are free and holds them for the Scope. More than the whole budget counts as all of it. */
  readonly take: (bytes: number) => Effect.Effect<void, never, Scope.Scope>
}

const kibibyte = 1024

export class MemoryBudget extends Context.Service<MemoryBudget, MemoryBudgetShape>()("@mooring/core/MemoryBudget") {
  /** A budget of so many bytes, counted in KiB. */
  static readonly layer = (bytes: number) =>
    Layer.effect(
      MemoryBudget,
      Effect.map(Semaphore.make(Math.ceil(bytes / kibibyte)), (semaphore) => {
        const total = Math.ceil(bytes / kibibyte)
        return {
          take: (wanted: number) => {
            const permits = Math.min(total, Math.ceil(wanted / kibibyte))
            return Effect.asVoid(
              Effect.acquireRelease(semaphore.take(permits), () => semaphore.release(permits), { interruptible: true })
            )
          }
        }
      })
    )
}
