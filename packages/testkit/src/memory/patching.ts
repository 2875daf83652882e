/**
 * What a memory store does to an object that is there: `writeAt` and `setTier`; and what it says of itself: `usage`.
 */
import type { ObjectStore } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { admit, type Memory } from "./Memory.ts"
import { below, current, type Revision } from "./MemoryState.ts"
import { commit } from "./writing.ts"

const found = Effect.fnUntraced(function* (memory: Memory, path: Path): Effect.fn.Return<Revision, StorageError> {
  yield* admit(memory, path)
  const revision = current(memory.ledger.newest(), path)
  return revision ?? (yield* StorageError.of("not_found", "there is no such object"))
})

/** Overwrites bytes; a gap becomes zeros. */
export const writeAt = (memory: Memory): NonNullable<ObjectStore["writeAt"]> =>
  Effect.fnUntraced(function* (path, offset, bytes) {
    const before = yield* found(memory, path)
    const after = new Uint8Array(Math.max(before.bytes.length, offset + bytes.length))
    after.set(before.bytes)
    after.set(bytes, offset)
    return commit(memory, { ...before, bytes: after, modified: yield* Clock.currentTimeMillis })
  })

/** Notes another tier. */
export const setTier = (memory: Memory): NonNullable<ObjectStore["setTier"]> =>
  Effect.fnUntraced(function* (path, tier) {
    const before = yield* found(memory, path)
    if (memory.personality.limits.tiers?.includes(tier) !== true) {
      return yield* StorageError.of("invalid_value", "there is no such tier")
    }
    return commit(memory, { ...before, tier })
  })

/** Counts what is below the path. */
export const usage = (memory: Memory): NonNullable<ObjectStore["usage"]> =>
  Effect.fnUntraced(function* (path) {
    yield* admit(memory, path)
    const objects = below(memory.ledger.look(), path)
    return { objects: objects.length, used: objects.reduce((sum, { bytes }) => sum + bytes.length, 0) }
  })
