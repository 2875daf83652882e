/**
 * What `df` is told. It never waits for the provider: a figure that is not known is a large one.
 */
import * as Effect from "effect/Effect"
import type { Engine } from "./Engine.ts"
import type { Vfs } from "./Vfs.ts"

/** 1 PiB: programs that look for space before they write find it. */
const plenty = 2 ** 50

/** Asks the provider once, in the background, where it says; answers what is known. */
export const watchUsage = ({ store, fork }: Engine): Effect.Effect<Vfs["usage"]> =>
  Effect.sync(() => {
    let known = { total: plenty, free: plenty }
    if (store.usage !== undefined) {
      fork(
        Effect.ignore(
          Effect.map(store.usage([]), ({ used = 0, total, free = (total ?? plenty) - used }) => {
            known = { total: total ?? used + free, free }
          })
        )
      )
    }
    return () => known
  })
