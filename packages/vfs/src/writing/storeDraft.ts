/**
 * Brings a draft to the provider, in the way that sends least.
 */
import { Path, type ObjectInfo, type StorageError, type WriteOptions } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Engine, Result } from "../Engine.ts"
import { pathOf, type FileNode } from "../Node.ts"
import { changed, closeWindow } from "../reading/Fetch.ts"
import { makeWindow } from "../reading/ReadWindow.ts"
import { isVersion } from "../reading/Version.ts"
import { dated } from "./dated.ts"
import type { Draft } from "./Draft.ts"
import { planParts, type PlannedPart } from "./pieces.ts"
import { materialize } from "./prepare.ts"
import { readDraft } from "./readDraft.ts"
import { abortUpload, finishUpload, sendBlock } from "./Uploader.ts"

/** Parts that are on their way at once. */
const concurrency = 4

/** All bytes of the draft, one block per pull. */
const bodyOf = (engine: Engine, node: FileNode, draft: Draft): Stream.Stream<Uint8Array, StorageError> => {
  const window = makeWindow()
  const blocks = Stream.paginate(0, (start: number) =>
    start >= draft.size
      ? Effect.succeed([[], Option.none<number>()] as const)
      : Effect.map(
          readDraft(engine, node, draft, start, sendBlock, window),
          (bytes) => [[bytes], Option.some(start + bytes.byteLength)] as const
        )
  )
  return Stream.ensuring(
    blocks,
    Effect.sync(() => closeWindow(engine, window))
  )
}

/** Fails with `precondition_failed` if the base is not at the provider any more. */
const unchanged = Effect.fnUntraced(function* ({ store }: Engine, path: Path, { base }: Draft) {
  const entry = yield* store.stat(path)
  if (base !== undefined && (entry.kind !== "object" || !isVersion(base, entry))) return yield* changed
})

/** The parts, copied and sent; nothing stays of them on failure. */
const storeParts = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode,
  draft: Draft,
  parts: ReadonlyArray<PlannedPart>,
  options: WriteOptions
): Effect.fn.Return<ObjectInfo, StorageError> {
  const { store, limits } = engine
  const path = pathOf(node)
  const upload = yield* store.openUpload!(path, options)
  const send = Effect.fnUntraced(function* ({ copied, start, end }: PlannedPart, index: number) {
    if (copied) return yield* upload.copyPart(index + 1, path, { start, end: end - 1 })
    yield* upload.writePart(index + 1, yield* readDraft(engine, node, draft, start, end - start))
  })
  const work = Effect.gen(function* () {
    yield* Effect.forEach(parts, send, { concurrency: limits.parts!.ordered ? 1 : concurrency, discard: true })
    if (options.ifMatch === undefined && limits.validator !== "none") yield* unchanged(engine, path, draft)
    return yield* upload.complete
  })
  return yield* Effect.onExit(work, (exit) => (Exit.isSuccess(exit) ? Effect.void : Effect.ignore(upload.abort)))
})

/** Stores the whole draft on a condition; what of it is not local is read from the provider or copied there. */
const storeIf = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode,
  draft: Draft,
  condition: Pick<WriteOptions, "ifMatch">
): Effect.fn.Return<ObjectInfo, StorageError> {
  const { store, limits, settings } = engine
  const options: WriteOptions = { ...dated(limits, draft), ...condition }
  const path = pathOf(node)
  const asks = draft.base !== undefined && options.ifMatch === undefined && limits.validator !== "none"
  if (draft.memory !== undefined) {
    if (asks) yield* unchanged(engine, path, draft)
    const bytes = draft.memory.slice(0, draft.size)
    return yield* store.write(path, bytes.byteLength === 0 ? Stream.empty : Stream.succeed(bytes), {
      ...options,
      size: draft.size
    })
  }
  // Where the provider shows the new object late, the old one is needed no more once all bytes are here.
  const late = limits.visibility === "eventual" || !limits.atomicWrite
  if (late) yield* materialize(engine, node, draft)
  const copies = !late && limits.parts?.copies === true && store.openUpload !== undefined && draft.base !== undefined
  const parts = copies ? planParts(draft, limits.parts!, settings.copyPiece) : undefined
  if (parts !== undefined) return yield* storeParts(engine, node, draft, parts, options)
  if (asks) yield* unchanged(engine, path, draft)
  return yield* store.write(path, bodyOf(engine, node, draft), { ...options, size: draft.size })
})

/** Stores the whole draft if the object is still the one that was changed, where the provider can tell. */
const storeWhole = (engine: Engine, node: FileNode, draft: Draft): Result<ObjectInfo> => {
  const { writeConditions } = engine.limits
  const validator = writeConditions.includes("ifMatch") ? draft.base?.validator : undefined
  if (validator === undefined) return storeIf(engine, node, draft, {})
  // Some services take conditions, but none of what goes up in parts, and say so before anything is sent.
  return Effect.catchIf(
    storeIf(engine, node, draft, { ifMatch: validator }),
    ({ reason }) => reason._tag === "unsupported",
    () => storeIf(engine, node, draft, {})
  )
}

/** Stores the draft. An upload that has followed the writer is ended; where it failed, the whole is sent again. */
export const storeDraft = (engine: Engine, node: FileNode, draft: Draft): Result<ObjectInfo> => {
  const { upload } = draft
  if (upload === undefined) return storeWhole(engine, node, draft)
  // A directory above it was renamed since the upload began.
  if (!Path.equals(upload.path, pathOf(node))) {
    return Effect.andThen(abortUpload(draft), storeWhole(engine, node, draft))
  }
  draft.upload = undefined
  return Effect.onInterrupt(
    Effect.catch(finishUpload(upload), () => storeWhole(engine, node, draft)),
    () => Effect.sync(() => upload.fiber?.interruptUnsafe())
  )
}
