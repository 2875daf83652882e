/**
 * Renaming a directory excludes all that depends on where things are; everything else goes on side by side.
 */
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"

/** The lock on all paths. */
export interface Namespace {
  /** While it runs, no directory is renamed. */
  readonly shared: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  /** While it runs, nothing else is stored, removed or renamed. */
  readonly exclusive: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}

const all = 1_000_000

/** A lock that nobody holds. All pass one turn, so that who waits for all of it is not overtaken for ever. */
export const makeNamespace = (): Namespace => {
  const permits = Semaphore.makeUnsafe(all)
  const turn = Semaphore.makeUnsafe(1)
  const holding =
    (count: number) =>
    <A, E, R>(effect: Effect.Effect<A, E, R>) =>
      Effect.scoped(Effect.andThen(turn.withPermit(permits.takeScoped(count)), effect)) as Effect.Effect<A, E, R>
  return { shared: holding(1), exclusive: holding(all) }
}
