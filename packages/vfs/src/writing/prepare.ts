/**
 * Makes a draft of a file that is about to change, and brings its bytes where they are needed. The caller holds the lock
 * of the file.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { SpillFile } from "../cacheFolder/CacheFolder.ts"
import type { Engine } from "../Engine.ts"
import type { FileNode } from "../Node.ts"
import { closeWindow } from "../reading/Fetch.ts"
import { makeWindow } from "../reading/ReadWindow.ts"
import { readVersion } from "../reading/readVersion.ts"
import type { Version } from "../reading/Version.ts"
import { draftOf, emptyDraft, type Draft } from "./Draft.ts"
import { add, gaps } from "./extents.ts"
import { sendBlock } from "./Uploader.ts"

/** The file of the draft in the cache folder, opened when it is first needed. What was in memory goes there. */
export const spillOf = Effect.fnUntraced(function* (
  { folder, memory }: Engine,
  draft: Draft
): Effect.fn.Return<SpillFile, StorageError> {
  if (draft.spill !== undefined) return draft.spill
  const spill = yield* folder.open
  draft.spill = spill
  const held = draft.memory
  if (held === undefined) return spill
  yield* Effect.onError(spill.write(0, held.subarray(0, draft.size)), () =>
    Effect.sync(() => {
      spill.close()
      draft.spill = undefined
    })
  )
  add(draft.local, 0, draft.size)
  draft.memory = undefined
  memory.free(held.byteLength)
  return spill
})

/** Brings all bytes of the base that are not local into the cache folder. */
export const materialize = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode,
  draft: Draft
): Effect.fn.Return<void, StorageError> {
  const { base } = draft
  if (base === undefined || draft.memory !== undefined) return
  const missing = gaps(draft.local, 0, Math.min(draft.baseEnd, draft.size))
  if (missing.length === 0) return
  const spill = yield* spillOf(engine, draft)
  const window = makeWindow()
  const fill = Effect.gen(function* () {
    for (const [start, end] of missing) {
      for (let at = start; at < end;) {
        const bytes = yield* readVersion(engine, node, base, at, Math.min(sendBlock, end - at), window)
        yield* spill.write(at, bytes)
        add(draft.local, at, at + bytes.byteLength)
        at += bytes.byteLength
      }
    }
  })
  yield* Effect.ensuring(
    fill,
    Effect.sync(() => closeWindow(engine, window))
  )
})

/** A draft of an object that says its size only at its end. */
const measured = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode,
  base: Version
): Effect.fn.Return<Draft, StorageError> {
  const draft = draftOf(base, 0)
  const spill = yield* spillOf(engine, draft)
  for (;;) {
    const bytes = yield* Effect.onError(readVersion(engine, node, base, draft.size, sendBlock), () =>
      Effect.sync(() => spill.close())
    )
    if (bytes.byteLength === 0) break
    yield* spill.write(draft.size, bytes)
    draft.size += bytes.byteLength
  }
  add(draft.local, 0, draft.size)
  draft.baseEnd = draft.size
  return draft
})

/** The draft with the bytes of a small version in memory. */
const small = Effect.fnUntraced(function* (engine: Engine, node: FileNode, base: Version, size: number) {
  const draft = draftOf(base, size)
  const bytes = yield* readVersion(engine, node, base, 0, size)
  if (bytes.byteLength !== size) return yield* StorageError.of("integrity_error", "the provider sent too few bytes")
  if (!engine.memory.take(size)) return draft
  draft.memory = Uint8Array.from(bytes)
  return draft
})

/** The draft of the file; made of what is stored where there is none. */
export const prepareDraft = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode
): Effect.fn.Return<Draft, StorageError> {
  if (node.draft !== undefined) return node.draft
  const { version } = node
  const draft =
    version === undefined
      ? emptyDraft(engine.now())
      : version.size === undefined
        ? yield* measured(engine, node, version)
        : version.size <= engine.settings.smallFile
          ? yield* small(engine, node, version, version.size)
          : draftOf(version, version.size)
  node.draft = draft
  for (const handle of node.handles ?? []) if (handle.begun && handle.version !== version) handle.stale = true
  return draft
})
