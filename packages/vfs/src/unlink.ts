/**
 * Removing files.
 */
import { StorageError } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import { findChild } from "./directory/lookup.ts"
import { keep } from "./directory/makeDirectory.ts"
import { recordAbsent } from "./directory/recordChange.ts"
import type { Engine, Result } from "./Engine.ts"
import { isOpen, lockOf, pathOf, type DirectoryNode, type FileNode } from "./Node.ts"
import { settleDraft } from "./writing/settle.ts"
import { changing } from "./changing.ts"
import { discardDraft } from "./writing/Draft.ts"
import { materialize, prepareDraft } from "./writing/prepare.ts"
import { abortUpload } from "./writing/Uploader.ts"

/**
 * Brings here what open handles of the file may still read, since the provider will not have it any more. An upload that
 * is on its way ends. The caller holds the lock of the file, and calls `leaveHome` should this or what follows fail.
 */
export const takeHome = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode
): Effect.fn.Return<void, StorageError> {
  node.leaving = true
  if (node.draft !== undefined) yield* abortUpload(node.draft)
  if (!isOpen(node)) return
  const draft = yield* prepareDraft(engine, node)
  draft.pinned = true
  yield* materialize(engine, node, draft)
})

/** What was brought here is not needed, since the object stays where it is. */
export const leaveHome = (engine: Engine, node: FileNode): void => {
  node.leaving = false
  if (node.draft === undefined) return
  node.draft.pinned = false
  settleDraft(engine, node)
}

/** The file is at no place any more: its handles go on with what is here, and nothing is stored. */
export const orphan = (engine: Engine, node: FileNode): void => {
  const { parent, name, version } = node
  node.leaving = false
  engine.tree.dirty.delete(node)
  if (version !== undefined) engine.blocks.drop(version)
  if (!isOpen(node)) discardDraft(engine, node)
  engine.tree.detach(node)
  if (parent !== undefined) {
    recordAbsent(engine, parent, name, version)
    keep(engine, parent)
  }
}

const removeLocked = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode,
  parent: DirectoryNode,
  name: string
): Effect.fn.Return<void, StorageError> {
  const there = Effect.suspend(() =>
    node.parent === parent && node.name === name
      ? Effect.void
      : Effect.fail(StorageError.of("not_found", "it was removed"))
  )
  yield* there
  // A listing may show meanwhile that it is gone.
  const ready = Effect.andThen(takeHome(engine, node), there)
  yield* Effect.onError(ready, () => Effect.sync(() => leaveHome(engine, node)))
  const object = engine.store.remove(pathOf(node))
  // What was sent and not answered may be there.
  const perhaps = node.draft?.tried === undefined ? Effect.void : orGone(object)
  const remove = node.version === undefined ? perhaps : object
  const removing = changing(engine, [{ parent, name }], remove, () => orphan(engine, node))
  yield* Effect.onError(removing, () => Effect.sync(() => leaveHome(engine, node)))
})

/** Removes a file. */
export const unlink = (engine: Engine, parent: DirectoryNode, name: string): Result<void> =>
  engine.namespace.shared(
    Effect.gen(function* () {
      const node = yield* findChild(engine, parent, name)
      if (node.kind === "directory") return yield* StorageError.of("is_a_directory", "this is a directory")
      yield* lockOf(node).withPermit(removeLocked(engine, node, parent, name))
    })
  )
