/**
 * Calls that change something at the provider.
 */
import * as Effect from "effect/Effect"
import type { Engine, Result } from "./Engine.ts"
import type { NodePlace } from "./Node.ts"

/**
 * Runs a call that may be interrupted, and takes note of what it did without fail. Meanwhile no listing says anything of
 * these names. Where it was interrupted or failed nobody knows what it did: the directories are listed when they are next
 * asked for.
 */
export const changing = <A, B>(
  { limits }: Engine,
  places: ReadonlyArray<NodePlace>,
  call: Result<A>,
  note: (answer: A) => B
): Result<B> => {
  const begin = Effect.sync(() => {
    for (const { parent, name } of places) parent.changing.push(name)
  })
  const end = Effect.sync(() => {
    for (const { parent, name } of places) parent.changing.splice(parent.changing.indexOf(name), 1)
  })
  const unknown = Effect.sync(() => {
    if (limits.visibility === "eventual") return
    for (const { parent, name } of places) {
      parent.listedAt = undefined
      parent.looked.delete(name)
    }
  })
  return Effect.uninterruptibleMask((restore) =>
    begin.pipe(
      Effect.andThen(restore(call)),
      Effect.onError(() => unknown),
      Effect.map(note),
      Effect.ensuring(end)
    )
  )
}
