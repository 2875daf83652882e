/**
 * A span for each operation of a store.
 */
import * as Effect from "effect/Effect"
import type { ObjectStore } from "../ObjectStore.ts"

/** The same store; each operation runs in a span `ObjectStore.<operation>` with the backend's id. Paths stay out. */
export const tracing = (store: ObjectStore, backend: string): ObjectStore => {
  const traced = Object.entries(store).map(([name, member]) => {
    const span = Effect.withSpan(`ObjectStore.${name}`, { attributes: { backend } })
    if (typeof member === "function") {
      return [name, (...args: ReadonlyArray<never>) => span((member as Function)(...args))]
    }
    return [name, name === "check" ? span(store.check) : member]
  })
  return Object.fromEntries(traced) as ObjectStore
}
