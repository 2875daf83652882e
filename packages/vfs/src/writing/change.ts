/**
 * Changes the bytes of a draft: writes and truncations. The caller holds the lock of the file.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { SpillFile } from "../cacheFolder/CacheFolder.ts"
import type { Engine, Result } from "../Engine.ts"
import type { FileNode } from "../Node.ts"
import { emptyDraft, freeBytes, markDirty, type Draft } from "./Draft.ts"
import { add, cut } from "./extents.ts"
import { prepareDraft, spillOf } from "./prepare.ts"
import { abortUpload, startUpload, wakeUpload } from "./Uploader.ts"

/** Room for `size` bytes in memory; false where the draft is in the cache folder, or has to go there. */
const grow = ({ settings, memory }: Engine, draft: Draft, size: number): boolean => {
  const held = draft.memory
  if (held === undefined || size > settings.smallFile) return false
  if (size <= held.byteLength) return true
  const room = Math.min(settings.smallFile, Math.max(size, 2 * held.byteLength, 4096))
  if (!memory.take(room - held.byteLength)) return false
  draft.memory = new Uint8Array(room)
  draft.memory.set(held.subarray(0, draft.size))
  return true
}

/** What is before `end` has changed, and is local from `start` on. */
const note = (draft: Draft, start: number, end: number): void => {
  const from = Math.min(start, draft.size)
  if (draft.memory === undefined) add(draft.local, from, end)
  add(draft.changed, from, end)
  draft.size = Math.max(draft.size, end)
}

/** Sends a new file that has become large while it is written, if the provider shows nothing of it before its end. */
const send = (engine: Engine, node: FileNode, draft: Draft): void => {
  const { limits, settings } = engine
  const { base, spill, upload, size } = draft
  if (upload !== undefined) return wakeUpload(draft)
  if (base === undefined && spill !== undefined && limits.atomicWrite && size >= settings.streamAfter && node.parent) {
    startUpload(engine, node, draft, spill)
  }
}

/** A hole is zeros: first goes what a write that was interrupted or refused has left behind the end. */
const extend = (spill: SpillFile, from: number, to: number): Result<void> =>
  Effect.andThen(spill.truncate(from), spill.truncate(to))

const tooLarge = StorageError.of("body_too_large", "the provider cannot store a file of this size")

/** Writes all of the bytes. */
export const writeBytes = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode,
  offset: number,
  bytes: Uint8Array
): Effect.fn.Return<void, StorageError> {
  const end = offset + bytes.byteLength
  if (end > (engine.limits.maxSize ?? Number.MAX_SAFE_INTEGER)) return yield* tooLarge
  const draft = yield* prepareDraft(engine, node)
  if (draft.upload !== undefined && offset < draft.upload.sent) yield* abortUpload(draft)
  const sequential = offset === draft.size
  if (grow(engine, draft, end)) draft.memory!.set(bytes, offset)
  else {
    const spill = yield* spillOf(engine, draft)
    if (offset > draft.size) yield* extend(spill, draft.size, offset)
    yield* spill.write(offset, bytes)
    // The upload may have come here meanwhile and read what was there before.
    if (draft.upload !== undefined && offset < draft.upload.sent) yield* abortUpload(draft)
  }
  note(draft, offset, end)
  draft.dated = false
  markDirty(engine, node, draft)
  if (sequential) send(engine, node, draft)
})

/** Cuts off, or extends with zeros. */
export const setSize = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode,
  size: number
): Effect.fn.Return<void, StorageError> {
  if (size > (engine.limits.maxSize ?? Number.MAX_SAFE_INTEGER)) return yield* tooLarge
  if (size === 0) {
    const before = node.draft
    if (before !== undefined) {
      yield* abortUpload(before)
      freeBytes(engine, before)
    }
    node.draft = emptyDraft(engine.now())
    return markDirty(engine, node, node.draft)
  }
  const draft = yield* prepareDraft(engine, node)
  if (size === draft.size) return
  if (draft.upload !== undefined && size < draft.upload.sent) yield* abortUpload(draft)
  if (size > draft.size) {
    if (!grow(engine, draft, size)) yield* extend(yield* spillOf(engine, draft), draft.size, size)
    note(draft, size, size)
  } else {
    draft.memory?.fill(0, size, draft.size)
    if (draft.spill !== undefined) yield* draft.spill.truncate(size)
    cut(draft.local, size)
    cut(draft.changed, size)
    draft.baseEnd = Math.min(draft.baseEnd, size)
    draft.size = size
  }
  draft.dated = false
  markDirty(engine, node, draft)
})

/** Sets the modification time of a draft, to be stored with its bytes. */
export const setDate = (engine: Engine, node: FileNode, draft: Draft, modified: number): Result<void> =>
  Effect.sync(() => {
    draft.modified = modified
    draft.dated = true
    if (draft.dirty) markDirty(engine, node, draft)
  })
