/**
 * Between the move at the provider and the new path here nothing is at the old one: who meets that waits.
 */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { Result } from "./Engine.ts"
import type { Node } from "./Node.ts"

/** Runs what moves the node at the provider and puts it under its new path here. It reads nothing of what it moves. */
export const moving = <A>(node: Node, move: Result<A>): Result<A> =>
  Effect.suspend(() => {
    const done = Deferred.makeUnsafe<void>()
    node.moving = done
    return Effect.ensuring(
      move,
      Effect.sync(() => {
        node.moving = undefined
        Deferred.doneUnsafe(done, Exit.void)
      })
    )
  })

/** Waits until neither the node nor a directory above it is being moved. */
export const moved = (node: Node): Effect.Effect<void> => {
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
    if (at.moving !== undefined) return Deferred.await(at.moving)
  }
  return Effect.void
}
