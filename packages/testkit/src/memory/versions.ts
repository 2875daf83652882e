/**
 * `versions` and `removeVersion` of a memory store.
 */
import type { ObjectStore } from "@mooring/core/ObjectStore"
import * as Effect from "effect/Effect"
import { admit, infoOf, type Memory } from "./Memory.ts"
import { forget, keyOf } from "./MemoryState.ts"

/** One page of revisions; the cursor is how many came before. */
export const versions = (memory: Memory): NonNullable<ObjectStore["versions"]> =>
  Effect.fnUntraced(function* (path, { cursor = "0" } = {}) {
    yield* admit(memory, path)
    const all = memory.ledger.look().objects.get(keyOf(path)) ?? []
    const start = Number(cursor)
    const end = start + (memory.personality.limits.maxPage ?? Infinity)
    return {
      versions: all.slice(start, end).map((revision, index) => ({
        id: revision.id,
        current: start + index === 0,
        deleted: revision.deleted,
        info: infoOf(memory, revision)
      })),
      ...(end < all.length && { cursor: String(end) })
    }
  })

/** Removes one revision for good. */
export const removeVersion =
  ({ ledger }: Memory): NonNullable<ObjectStore["removeVersion"]> =>
  (path, version) =>
    Effect.sync(() => ledger.update((state) => forget(state, path, version)))
