/**
 * Removing files.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { findChild } from "./directory/lookup.ts"
import { keep } from "./directory/makeDirectory.ts"
import { recordAbsent } from "./directory/recordChange.ts"
import type { Engine, Result } from "./Engine.ts"
import { isOpen, lockOf, pathOf, type DirectoryNode, type FileNode } from "./Node.ts"
import { discardDraft } from "./writing/Draft.ts"
import { materialize, prepareDraft } from "./writing/prepare.ts"
import { abortUpload } from "./writing/Uploader.ts"

/**
 * Brings here what open handles of the file may still read, since the provider will not have it any more. An upload that
 * is on its way ends. The caller holds the lock of the file.
 */
export const takeHome = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode
): Effect.fn.Return<void, StorageError> {
  if (node.draft !== undefined) yield* abortUpload(node.draft)
  if (!isOpen(node)) return
  yield* materialize(engine, node, yield* prepareDraft(engine, node))
})

/** The file is at no place any more: its handles go on with what is here, and nothing is stored. */
export const orphan = (engine: Engine, node: FileNode): void => {
  const { parent, name, version } = node
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
  if (node.parent !== parent || node.name !== name) return yield* StorageError.of("not_found", "it was removed")
  yield* takeHome(engine, node)
  const remove = node.version === undefined ? Effect.void : engine.store.remove(pathOf(node))
  yield* Effect.uninterruptible(Effect.map(remove, () => orphan(engine, node)))
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
