/**
 * `stat` and `read` of a memory store.
 */
import type { Entry } from "@mooring/core/ObjectInfo"
import type { ObjectStore, Range } from "@mooring/core/ObjectStore"
import { boundsOf, isRange } from "@mooring/core/ranges"
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { admit, infoOf, inContainer, kindIn, needsValidator, validatorOf, type Memory } from "./Memory.ts"
import { current, keyOf } from "./MemoryState.ts"

const blockSize = 4096

/** What is at a path. */
export const stat = (memory: Memory): ObjectStore["stat"] =>
  Effect.fnUntraced(function* (path): Effect.fn.Return<Entry, StorageError> {
    yield* admit(memory, path)
    const state = memory.ledger.look()
    const kind = kindIn(memory, state, path)
    if (kind === undefined) return yield* StorageError.of("not_found", "there is nothing at this path")
    return kind === "object" ? infoOf(memory, current(state, path)!) : { kind, path }
  })

const slice = (bytes: Uint8Array, range: Range | undefined): Effect.Effect<Uint8Array, StorageError> => {
  if (range === undefined) return Effect.succeed(bytes)
  const bounds = isRange(range) ? boundsOf(range, bytes.length) : undefined
  return bounds === undefined
    ? Effect.fail(StorageError.of("invalid_value", "the range is not in the object"))
    : Effect.succeed(bytes.subarray(...bounds))
}

/** The object and its bytes, in blocks. */
export const read = (memory: Memory): ObjectStore["read"] =>
  Effect.fnUntraced(function* (path, { range, ifMatch, version } = {}) {
    yield* admit(memory, path)
    yield* needsValidator(memory, ifMatch)
    if (version !== undefined && !memory.personality.members.includes("versions")) {
      return yield* StorageError.of("unsupported", "there are no versions")
    }
    const state = memory.ledger.look()
    yield* inContainer(memory, state, path)
    const revision =
      version === undefined
        ? current(state, path)
        : state.objects.get(keyOf(path))?.find(({ id, deleted }) => id === version && !deleted)
    if (revision === undefined) {
      return yield* kindIn(memory, state, path) === undefined || version !== undefined
        ? StorageError.of("not_found", "there is no such object")
        : StorageError.of("is_a_directory", "there is no object, but a directory")
    }
    if (ifMatch !== undefined && ifMatch !== validatorOf(memory, revision)) {
      return yield* StorageError.of("precondition_failed", "the object is in another state")
    }
    const bytes = yield* slice(revision.bytes, range)
    const starts = Array.from({ length: Math.ceil(bytes.length / blockSize) }, (_, index) => index * blockSize)
    const body = Stream.map(Stream.fromIterable(starts, { chunkSize: 1 }), (start) =>
      bytes.slice(start, start + blockSize)
    )
    return { info: infoOf(memory, revision), body }
  })
