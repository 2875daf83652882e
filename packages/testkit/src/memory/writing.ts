/**
 * `write`, `remove`, `removeMany` and `setModified` of a memory store.
 */
import { announced } from "@mooring/core/checksums/stream"
import type { ObjectInfo } from "@mooring/core/ObjectInfo"
import type { ObjectStore, WriteOptions } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { admit, infoOf, inContainer, kindIn, validatorOf, type Memory } from "./Memory.ts"
import { current, push, remove as removed, type Revision } from "./MemoryState.ts"
import { uploads } from "./uploads.ts"

/** Fails unless an object may stand at this path: no root, no container, no conflict with a directory. */
export const writable = Effect.fnUntraced(function* (memory: Memory, path: Path): Effect.fn.Return<void, StorageError> {
  const { limits } = memory.personality
  yield* admit(memory, path)
  if (path.length < (limits.containers ? 2 : 1))
    return yield* StorageError.of("invalid_name", "this is no object's path")
  const state = memory.ledger.newest()
  yield* inContainer(memory, state, path)
  if (limits.objectsBesideDirectories) return
  if (kindIn(memory, state, path) === "directory")
    return yield* StorageError.of("is_a_directory", "this is a directory")
  if (path.some((_, depth) => depth > 0 && current(state, path.slice(0, depth)))) {
    return yield* StorageError.of("not_a_directory", "an object stands in the way")
  }
})

/** Fails with `unsupported` for options that this personality does not honour. */
export const supported = (
  { personality: { limits } }: Memory,
  options: WriteOptions
): Effect.Effect<void, StorageError> => {
  const lost = (["modified", "contentType", "metadata"] as const).filter(
    (name) => options[name] !== undefined && !limits.stores.includes(name)
  )
  const unheeded = (["ifMatch", "ifNoneMatch"] as const).filter(
    (name) => options[name] !== undefined && !limits.writeConditions.includes(name)
  )
  const [name] = [...lost, ...unheeded]
  return name === undefined ? Effect.void : Effect.fail(StorageError.of("unsupported", `${name} is not supported`))
}

/** Fails with `precondition_failed` unless the newest state is as the conditions say. */
export const conditions = (memory: Memory, path: Path, { ifMatch, ifNoneMatch }: WriteOptions) =>
  Effect.suspend(() => {
    const found = current(memory.ledger.newest(), path)
    const holds =
      (ifNoneMatch === undefined || found === undefined) &&
      (ifMatch === undefined || (found !== undefined && validatorOf(memory, found) === ifMatch))
    return holds ? Effect.void : Effect.fail(StorageError.of("precondition_failed", "the object is in another state"))
  })

const lowerCase = (metadata: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]))

/** Puts a revision on top and says what it is. */
export const commit = (memory: Memory, revision: Omit<Revision, "id">): ObjectInfo => {
  memory.ledger.update((state) => push(state, revision))
  return infoOf(memory, current(memory.ledger.newest(), revision.path)!)
}

/** What an object of these options is, but for its bytes. */
export const revisionOf = Effect.fnUntraced(function* (
  path: Path,
  { modified, contentType, metadata }: WriteOptions
): Effect.fn.Return<Omit<Revision, "id" | "bytes">> {
  return {
    path,
    deleted: false,
    modified: modified ?? (yield* Clock.currentTimeMillis),
    ...(contentType !== undefined && { contentType }),
    ...(metadata !== undefined && { metadata: lowerCase(metadata) })
  }
})

/** Stores a body. */
export const write = (memory: Memory): ObjectStore["write"] =>
  Effect.fnUntraced(function* (path, body, options = {}) {
    const { limits, upload } = memory.personality
    yield* writable(memory, path)
    yield* supported(memory, options)
    if ((options.size ?? 0) > (limits.maxSize ?? Infinity)) {
      return yield* StorageError.of("body_too_large", "the object is too large")
    }
    yield* conditions(memory, path, options)
    const revision = yield* revisionOf(path, options)
    const show = (bytes: Uint8Array) => void commit(memory, { ...revision, bytes })
    const bytes = yield* uploads[upload](memory, path, announced(body, options), show)
    if (bytes.length === 0 && !limits.emptyObjects) {
      return yield* StorageError.of("unsupported", "an object has at least one byte")
    }
    yield* conditions(memory, path, options)
    return commit(memory, { ...revision, bytes })
  })

/** Removes an object. */
export const remove = (memory: Memory): ObjectStore["remove"] =>
  Effect.fnUntraced(function* (path) {
    yield* writable(memory, path)
    const now = yield* Clock.currentTimeMillis
    memory.ledger.update((state) => removed(state, path, now))
  })

/** Removes many. */
export const removeMany =
  (memory: Memory): NonNullable<ObjectStore["removeMany"]> =>
  (paths) =>
    Effect.forEach(paths, remove(memory), { discard: true })

/** Sets the modification time. */
export const setModified = (memory: Memory): NonNullable<ObjectStore["setModified"]> =>
  Effect.fnUntraced(function* (path, modified) {
    yield* admit(memory, path)
    const found = current(memory.ledger.newest(), path)
    if (found === undefined) return yield* StorageError.of("not_found", "there is no such object")
    return commit(memory, { ...found, modified })
  })
