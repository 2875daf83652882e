/**
 * Makes what was written durable, or says why it is not.
 */
import type { ObjectInfo } from "@mooring/core"
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { recordPresent } from "../directory/recordChange.ts"
import type { Engine, Result } from "../Engine.ts"
import { lockOf, pathOf, type FileNode } from "../Node.ts"
import { versionOf } from "../reading/Version.ts"
import type { Draft } from "./Draft.ts"
import { settleDraft } from "./settle.ts"
import { storeDraft } from "./storeDraft.ts"

/** Takes note of what is at the provider now: the draft is the version, and the version is the draft. */
const stored = (engine: Engine, node: FileNode, draft: Draft, info: ObjectInfo): void => {
  const before = node.version
  const version = versionOf({ ...info, size: draft.size }, draft.modified)
  if (Math.abs(version.modified - draft.modified) >= (engine.limits.modifiedPrecision ?? 1)) {
    version.modified = draft.modified
    version.overridden = true
  }
  if (before !== undefined) engine.blocks.drop(before)
  node.version = version
  node.cached = version
  for (const handle of node.handles ?? []) handle.version = version
  draft.base = version
  draft.baseEnd = draft.size
  draft.changed.length = 0
  draft.dirty = false
  draft.dated = false
  draft.failure = undefined
  engine.tree.dirty.delete(node)
  if (node.parent !== undefined) recordPresent(engine, node.parent, node.name, version, before)
  settleDraft(engine, node)
}

/** Sets the time of what was stored with another one, where the provider can. */
const redate = (engine: Engine, node: FileNode, draft: Draft, info: ObjectInfo): Effect.Effect<ObjectInfo> => {
  const { store, limits } = engine
  const kept = info.modified === undefined || Math.abs(info.modified - draft.modified) < (limits.modifiedPrecision ?? 1)
  if (kept || !draft.dated || store.setModified === undefined) return Effect.succeed(info)
  return Effect.catch(store.setModified(pathOf(node), Math.trunc(draft.modified)), () => Effect.succeed(info))
}

/** Stores the draft of the file. The caller holds the lock of the file, and no directory is renamed meanwhile. */
export const commitLocked = (engine: Engine, node: FileNode): Result<void> =>
  Effect.suspend((): Result<void> => {
    const { draft } = node
    // What was removed is read and written on, and ends with its last handle.
    if (draft === undefined || !draft.dirty || node.parent === undefined) return Effect.void
    return Effect.uninterruptibleMask((restore) =>
      restore(storeDraft(engine, node, draft)).pipe(
        Effect.flatMap((info) => redate(engine, node, draft, info)),
        Effect.map((info) => stored(engine, node, draft, info)),
        Effect.tapError((error: StorageError) => Effect.sync(() => void (draft.failure = error)))
      )
    )
  })

/** Makes what was written to the file durable. */
export const commit = (engine: Engine, node: FileNode): Result<void> =>
  node.draft?.dirty === true
    ? engine.namespace.shared(lockOf(node).withPermit(commitLocked(engine, node)))
    : Effect.void
