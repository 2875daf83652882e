/**
 * Bodies that tests write: one block per pull, whole, failing, or without end; and what came of them.
 */
import type { Body, ObjectStore, ReadOptions } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

/** The UTF-8 bytes of a text. */
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** So many bytes that no shift, swap or cut leaves the same: each differs from its neighbours and with its position. */
export const pattern = (size: number): Uint8Array => {
  const bytes = new Uint8Array(size)
  for (let index = 0; index < size; index += 1) bytes[index] = index * 31 + (index >> 8) * 17 + (index >> 16)
  return bytes
}

/** These blocks, one per pull. */
export const blocks = (...parts: ReadonlyArray<string | Uint8Array>): Body =>
  Stream.fromIterable(
    parts.map((part) => (typeof part === "string" ? bytesOf(part) : part)),
    { chunkSize: 1 }
  )

/** The bytes, cut in blocks of `size`. */
export const inBlocks = (bytes: Uint8Array, size: number): Body =>
  blocks(
    ...Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size)
    )
  )

/** The error that `failing` bodies end with: one that no store makes by itself. */
export const sourceError = StorageError.of("cancelled", "the source of the body failed")

/** These blocks, then `sourceError`. */
export const failing = (...parts: ReadonlyArray<string | Uint8Array>): Body =>
  Stream.concat(blocks(...parts), Stream.fail(sourceError))

/** These blocks, then nothing and no end; `reached` waits until the store has pulled them all. */
export const hanging = (
  ...parts: ReadonlyArray<string | Uint8Array>
): { readonly body: Body; readonly reached: Effect.Effect<void> } => {
  const reached = Deferred.makeUnsafe<void>()
  const end = Stream.unwrap(Effect.as(Deferred.succeed(reached, undefined), Stream.never))
  return { body: Stream.concat(blocks(...parts), end), reached: Deferred.await(reached) }
}

/** `count` blocks of `size` bytes, and how many bytes were pulled so far. */
export const counted = (count: number, size: number): { readonly body: Body; readonly pulled: () => number } => {
  let pulled = 0
  const block = pattern(size)
  const body = Stream.map(Stream.fromIterable(Array.from({ length: count }), { chunkSize: 1 }), () => {
    pulled += size
    return block
  })
  return { body, pulled: () => pulled }
}

/** All bytes of an object. */
export const objectBytes = (
  store: ObjectStore,
  path: Path,
  options?: ReadOptions
): Effect.Effect<Uint8Array, StorageError> =>
  Effect.scoped(Effect.flatMap(store.read(path, options), ({ body }) => Stream.mkUint8Array(body)))

/** The bytes of an object as text. */
export const objectText = (
  store: ObjectStore,
  path: Path,
  options?: ReadOptions
): Effect.Effect<string, StorageError> =>
  Effect.map(objectBytes(store, path, options), (bytes) => new TextDecoder().decode(bytes))
