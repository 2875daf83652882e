/**
 * Containers and directories of a memory store.
 */
import type { ObjectStore } from "@mooring/core/ObjectStore"
import { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import { admit, kindIn, type Memory } from "./Memory.ts"
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

/** Moves all that is below a directory, and the directories in it. */
export const moveDirectory = (memory: Memory): NonNullable<ObjectStore["moveDirectory"]> =>
  Effect.fnUntraced(function* (from, to) {
    yield* admit(memory, from)
    yield* admit(memory, to)
    const state = memory.ledger.newest()
    const there = kindIn(memory, state, from)
    if (there === undefined) return yield* StorageError.of("not_found", "there is no such directory")
    if (there !== "directory") return yield* StorageError.of("not_a_directory", "this is no directory")
    if (Path.startsWith(to, from)) return yield* StorageError.of("invalid_value", "a directory cannot go into itself")
    if (kindIn(memory, state, to) !== undefined) return yield* StorageError.of("already_exists", "there is something")
    const moved = (path: Path): Path => (Path.startsWith(path, from) ? [...to, ...path.slice(from.length)] : path)
    memory.ledger.update(({ directories, objects, ...rest }) => {
      const staying = [...objects].filter(([, [newest]]) => !Path.startsWith(newest!.path, from))
      const arriving = below(state, from).map((revision) => ({ ...revision, path: moved(revision.path) }))
      return {
        ...rest,
        directories: new Map([...directories.values()].map(moved).map((path) => [keyOf(path), path])),
        objects: new Map([...staying, ...arriving.map((revision) => [keyOf(revision.path), [revision]] as const)])
      }
    })
  })
