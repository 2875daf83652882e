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
import type { Draft, Sent } from "./Draft.ts"
import { settleDraft } from "./settle.ts"
import { storeDraft } from "./storeDraft.ts"

/** Takes note of what is at the provider now, by what this filesystem has sent. */
const replaceVersion = (engine: Engine, node: FileNode, draft: Draft, info: ObjectInfo, sent: Sent): void => {
  const before = node.version
  const version = versionOf({ ...info, size: sent.size }, sent.modified)
  if (Math.abs(version.modified - sent.modified) >= (engine.limits.modifiedPrecision ?? 1)) {
    version.modified = sent.modified
    version.overridden = true
  }
  if (before !== undefined) engine.blocks.drop(before)
  node.version = version
  node.cached = version
  for (const handle of node.handles ?? []) handle.version = version
  draft.base = version
  if (node.parent !== undefined) recordPresent(engine, node.parent, node.name, version, before)
}

/** The draft is the version, and the version is the draft. */
const stored = (engine: Engine, node: FileNode, draft: Draft, info: ObjectInfo): void => {
  replaceVersion(engine, node, draft, info, draft)
  draft.baseEnd = draft.size
  draft.changed.length = 0
  draft.tried = undefined
  draft.dirty = false
  draft.dated = false
  draft.failure = undefined
  engine.tree.dirty.delete(node)
  settleDraft(engine, node)
}

/**
 * Stores the draft. Where an earlier attempt had no answer and what is there now is what it sent, nobody else has changed
 * the file: what is here is made of that.
 */
const store = (engine: Engine, node: FileNode, draft: Draft, earlier: Sent | undefined): Result<ObjectInfo> =>
  Effect.catch(storeDraft(engine, node, draft), (error) => {
    if (error.reason._tag !== "precondition_failed" || earlier === undefined) return Effect.fail(error)
    return Effect.matchEffect(engine.store.stat(pathOf(node)), {
      onFailure: () => Effect.fail(error),
      onSuccess: (entry) => {
        if (entry.kind !== "object" || !isSent(engine, earlier, entry)) return Effect.fail(error)
        replaceVersion(engine, node, draft, entry, earlier)
        draft.baseEnd = Math.min(draft.baseEnd, earlier.size)
        return storeDraft(engine, node, draft)
      }
    })
  })

/** Whether the object is what was sent, as far as the provider keeps what tells. */
const isSent = ({ limits }: Engine, { size, modified }: Sent, info: ObjectInfo): boolean =>
  limits.stores.includes("modified") &&
  info.size === size &&
  info.modified !== undefined &&
  Math.abs(info.modified - modified) < (limits.modifiedPrecision ?? 1)

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
    const earlier = draft.tried
    draft.tried = { size: draft.size, modified: Math.trunc(draft.modified) }
    return Effect.uninterruptibleMask((restore) =>
      restore(store(engine, node, draft, earlier)).pipe(
        Effect.flatMap((info) => redate(engine, node, draft, info)),
        Effect.map((info) => stored(engine, node, draft, info)),
        Effect.tapError((error: StorageError) =>
          Effect.sync(() => {
            draft.failure = error
            if (!error.reason.retryable) draft.tried = earlier
          })
        )
      )
    )
  })

/** Makes what was written to the file durable. */
export const commit = (engine: Engine, node: FileNode): Result<void> =>
  node.draft?.dirty === true
    ? engine.namespace.shared(lockOf(node).withPermit(commitLocked(engine, node)))
    : Effect.void
