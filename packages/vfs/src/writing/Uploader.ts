/**
 * Sends a new file while it is being written: follows the writer through the file of the cache folder, so that one block
 * is in memory however fast the writer is.
 */
import type { ObjectInfo, Path, StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Latch from "effect/Latch"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { SpillFile } from "../cacheFolder/CacheFolder.ts"
import type { Engine, Result } from "../Engine.ts"
import { pathOf, type FileNode } from "../Node.ts"
import { dated } from "./dated.ts"
import type { Draft } from "./Draft.ts"

/** Bytes of a block that is sent. */
export const sendBlock = 1024 * 1024

/** An upload that follows a writer. */
export interface Uploader {
  /** Where it is sent to. */
  readonly path: Path
  /** Bytes before this are on their way and cannot change any more. */
  sent: number
  /** Whether the writer is done. */
  ended: boolean
  /** Opened when there is more to send. */
  readonly wake: Latch.Latch
  fiber: Fiber.Fiber<ObjectInfo, StorageError> | undefined
}

/** Blocks as they are written, until the writer is done. */
const follow = (draft: Draft, spill: SpillFile, upload: Uploader) =>
  Stream.paginate(
    0,
    Effect.fnUntraced(function* (
      start: number
    ): Effect.fn.Return<readonly [ReadonlyArray<Uint8Array>, Option.Option<number>], StorageError> {
      while (!upload.ended && draft.size - start < sendBlock) {
        upload.wake.closeUnsafe()
        yield* upload.wake.await
      }
      const size = Math.min(sendBlock, draft.size - start)
      if (size <= 0) return [[], Option.none()]
      upload.sent = start + size
      return [[yield* spill.read(start, size)], Option.some(start + size)]
    })
  )

/** Begins to send a draft that has all its bytes in the cache folder. */
export const startUpload = (engine: Engine, node: FileNode, draft: Draft, spill: SpillFile): void => {
  const path = pathOf(node)
  const upload: Uploader = { path, sent: 0, ended: false, wake: Latch.makeUnsafe(), fiber: undefined }
  draft.upload = upload
  upload.fiber = engine.fork(engine.store.write(path, follow(draft, spill, upload), dated(engine.limits, draft)))
}

/** There is more to send. */
export const wakeUpload = ({ size, upload }: Draft): void => {
  if (upload !== undefined && size - upload.sent >= sendBlock) upload.wake.openUnsafe()
}

/** Ends the upload with nothing to be seen; what is in the cache folder stays. */
export const abortUpload = (draft: Draft): Effect.Effect<void> => {
  const fiber = draft.upload?.fiber
  draft.upload = undefined
  return fiber === undefined ? Effect.void : Effect.asVoid(Fiber.interrupt(fiber))
}

/** Waits for an upload whose writer is done. */
export const finishUpload = (upload: Uploader): Result<ObjectInfo> =>
  Effect.suspend(() => {
    upload.ended = true
    upload.wake.openUnsafe()
    return Fiber.join(upload.fiber!)
  })
