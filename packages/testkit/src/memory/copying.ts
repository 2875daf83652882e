/**
 * `copy` and `move` of a memory store. `ifMatch` is about the object that is copied, `ifNoneMatch` about the target.
 */
import type { ObjectStore } from "@mooring/core/ObjectStore"
import { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { admit, needsValidator, validatorOf, type Memory } from "./Memory.ts"
import { current, remove } from "./MemoryState.ts"
import { commit, writable } from "./writing.ts"

/** Copies an object with all that it has but its upload time. */
export const copy = (memory: Memory): NonNullable<ObjectStore["copy"]> =>
  Effect.fnUntraced(function* (from, to, { ifMatch, ifNoneMatch } = {}) {
    yield* admit(memory, from)
    yield* writable(memory, to)
    yield* needsValidator(memory, ifMatch)
    const state = memory.ledger.newest()
    const found = current(state, from)
    if (found === undefined) return yield* StorageError.of("not_found", "there is no such object")
    const matches = ifMatch === undefined || validatorOf(memory, found) === ifMatch
    if (!matches || (ifNoneMatch !== undefined && current(state, to))) {
      return yield* StorageError.of("precondition_failed", "the object is in another state")
    }
    return commit(memory, { ...found, path: to })
  })

/** Moves an object; onto itself it stays. */
export const move = (memory: Memory): NonNullable<ObjectStore["move"]> =>
  Effect.fnUntraced(function* (from, to) {
    const info = yield* copy(memory)(from, to)
    const now = yield* Clock.currentTimeMillis
    if (!Path.equals(from, to)) memory.ledger.update((state) => remove(state, from, now))
    return info
  })
