/**
 * What is not durable yet, and making it so.
 */
import * as Effect from "effect/Effect"
import type { Engine } from "./Engine.ts"
import { hasWriter, pathOf } from "./Node.ts"
import type { Pending, Vfs } from "./Vfs.ts"
import { commit } from "./writing/commit.ts"

/** Files that are stored at once. */
const concurrency = 8

/** What is pending, in no order. */
const pendingOf = ({ tree }: Engine): ReadonlyArray<Pending> =>
  [...tree.dirty].flatMap((node): ReadonlyArray<Pending> => {
    const { draft } = node
    // What was removed is stored nowhere.
    if (draft === undefined || node.parent === undefined) return []
    const { failure, size, upload } = draft
    const state = hasWriter(node) ? "open" : failure === undefined || upload !== undefined ? "uploading" : "failed"
    return [{ path: pathOf(node), state, bytes: size, ...(failure !== undefined && { error: failure }) }]
  })

/** `pending` and `flushAll`. */
export const makePending = (engine: Engine): Pick<Vfs, "pending" | "flushAll"> => ({
  pending: Effect.sync(() => pendingOf(engine)),
  flushAll: ({ deadline }) =>
    Effect.forEach([...engine.tree.dirty], (node) => Effect.ignore(commit(engine, node)), {
      concurrency,
      discard: true
    }).pipe(
      Effect.timeoutOption(deadline),
      Effect.map(() => pendingOf(engine))
    )
})
