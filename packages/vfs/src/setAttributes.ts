/**
 * Size and time of files, from outside of writes.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { changing } from "./changing.ts"
import { ensureCurrent } from "./directory/lookup.ts"
import { recordPresent } from "./directory/recordChange.ts"
import type { Engine, Result } from "./Engine.ts"
import { hasWriter, lockOf, pathOf, type FileNode } from "./Node.ts"
import type { Time } from "./Vfs.ts"
import { leaveHome } from "./unlink.ts"
import { prepareDraft } from "./writing/prepare.ts"
import { setDate, setSize } from "./writing/change.ts"
import { giveUp } from "./writing/settle.ts"
import { commitLocked } from "./writing/commit.ts"

/**
 * Sets the time: with the next write where one is pending, else at the provider where it can, else here only, until the
 * file is forgotten.
 */
const setModified = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode,
  modified: number
): Effect.fn.Return<void, StorageError> {
  const { store, tree } = engine
  const { draft, version, parent } = node
  if (draft?.dirty === true) return yield* setDate(engine, node, draft, modified)
  if (draft !== undefined) draft.modified = modified
  if (version === undefined || parent === undefined) return
  if (store.setModified === undefined) {
    version.modified = modified
    version.overridden = true
    return tree.touch(parent)
  }
  yield* changing(
    engine,
    [{ parent, name: node.name }],
    store.setModified(pathOf(node), Math.trunc(modified)),
    (info) => {
      const before = { ...version }
      version.modified = info.modified ?? modified
      version.told = info.modified
      version.overridden = info.modified === undefined
      // The same bytes: who has the file open goes on, also where the provider counts this as another state.
      if (info.validator !== undefined) version.validator = info.validator
      recordPresent(engine, parent, node.name, version, before)
    }
  )
})

/** Truncates or extends, then sets the time. Durable at once unless a writer is open, whose close will say so. */
export const setAttributes = (
  engine: Engine,
  node: FileNode,
  { size, modified }: { readonly size?: number; readonly modified?: Time }
): Result<void> => {
  const work = Effect.gen(function* () {
    // What was not stored before is nothing that the caller is told of.
    const before = node.draft?.dirty === true
    if (size !== undefined) {
      // No listing gives up the draft before it has changed. To cut all off, none is needed.
      if (size > 0) (yield* prepareDraft(engine, node)).pinned = true
      yield* Effect.onExit(setSize(engine, node, size), () => Effect.sync(() => leaveHome(engine, node)))
    }
    if (modified !== undefined) yield* setModified(engine, node, modified === "now" ? engine.now() : modified)
    if (size === undefined || hasWriter(node)) return
    const undo = Effect.sync(() => {
      if (before) return
      if (node.parent !== undefined && engine.limits.visibility === "immediate") node.parent.listedAt = undefined
      giveUp(engine, node)
    })
    yield* Effect.onError(commitLocked(engine, node), () => undo)
  })
  if (size !== undefined && !(Number.isSafeInteger(size) && size >= 0)) {
    return Effect.fail(StorageError.of("invalid_value", "a size is a whole number of bytes"))
  }
  return Effect.andThen(ensureCurrent(engine, node), engine.namespace.shared(lockOf(node).withPermit(work)))
}
