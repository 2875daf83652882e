/**
 * Containers and directories of a memory store.
 */
import type { ObjectStore } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import { admit, type Memory } from "./Memory.ts"
import { below, current, directoriesBelow, keyOf, type MemoryState } from "./MemoryState.ts"

const contentOf = (state: MemoryState, path: Path) => below(state, path).length + directoriesBelow(state, path).length

const empty = (memory: Memory, path: Path): Effect.Effect<void, StorageError> =>
  Effect.suspend(() =>
    contentOf(memory.ledger.newest(), path) > 0
      ? Effect.fail(StorageError.of("not_empty", "there is something in it"))
      : Effect.void
  )

/** Adds a container. */
export const createContainer = (memory: Memory): NonNullable<ObjectStore["createContainer"]> =>
  Effect.fnUntraced(function* (path) {
    yield* admit(memory, path)
    if (path.length !== 1) return yield* StorageError.of("invalid_name", "this is no container's path")
    memory.ledger.update((state) => ({ ...state, containers: new Set(state.containers).add(path[0]!) }))
  })

/** Removes an empty container. */
export const removeContainer = (memory: Memory): NonNullable<ObjectStore["removeContainer"]> =>
  Effect.fnUntraced(function* (path) {
    yield* admit(memory, path)
    yield* empty(memory, path)
    memory.ledger.update((state) => ({
      ...state,
      containers: new Set([...state.containers].filter((name) => name !== path[0]))
    }))
  })

/** Adds a directory. */
export const createDirectory = (memory: Memory): NonNullable<ObjectStore["createDirectory"]> =>
  Effect.fnUntraced(function* (path) {
    yield* admit(memory, path)
    if (current(memory.ledger.newest(), path)) return yield* StorageError.of("already_exists", "there is an object")
    memory.ledger.update((state) => ({ ...state, directories: new Map(state.directories).set(keyOf(path), path) }))
  })

/** Removes an empty directory. */
export const removeDirectory = (memory: Memory): NonNullable<ObjectStore["removeDirectory"]> =>
  Effect.fnUntraced(function* (path) {
    yield* admit(memory, path)
    yield* empty(memory, path)
    memory.ledger.update((state) => ({
      ...state,
      directories: new Map([...state.directories].filter(([key]) => key !== keyOf(path)))
    }))
  })
