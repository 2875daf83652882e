/**
 * Reads the version that an open file is pinned to.
 */
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { ensureKnown } from "../directory/lookup.ts"
import type { Engine, Result } from "../Engine.ts"
import type { Handle } from "../Handle.ts"
import { readVersion } from "./readVersion.ts"

/**
 * At most `size` bytes. Where the object changed before the first byte was read, the file is opened as it is now: a
 * listing may be as old as `directoryAge`, and nothing is mixed. Later it is `precondition_failed`.
 */
export const readPinned = (engine: Engine, handle: Handle, offset: number, size: number): Result<Uint8Array> => {
  const { node, window } = handle
  const attempt = Effect.suspend((): Result<Uint8Array> => {
    const { version } = handle
    return version === undefined
      ? Effect.succeed(new Uint8Array(0))
      : readVersion(engine, node, version, offset, size, window)
  })
  if (handle.begun) return attempt
  const again = Effect.fnUntraced(function* (error: StorageError): Effect.fn.Return<Uint8Array, StorageError> {
    const { parent } = node
    if (error.reason._tag !== "precondition_failed" || parent === undefined) return yield* error
    parent.listedAt = undefined
    parent.looked.delete(node.name)
    yield* ensureKnown(engine, parent, node.name)
    if (node.parent === undefined || node.version === handle.version) return yield* error
    handle.version = node.version
    node.cached = node.version
    return yield* attempt
  })
  return Effect.tap(Effect.catch(attempt, again), () =>
    Effect.sync(() => {
      handle.begun = true
    })
  )
}
