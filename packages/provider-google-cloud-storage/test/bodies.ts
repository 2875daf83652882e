/**
 * Bodies and what became of them.
 */
import type { ObjectStore, Path } from "@mooring/core"
import type { ReadOptions } from "@mooring/core/ObjectStore"
import { collectBytes } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

/** A body of one block per pull. */
export const bodyOf = (...blocks: ReadonlyArray<string | Uint8Array>) =>
  Stream.fromIterable(
    blocks.map((block): Uint8Array => (typeof block === "string" ? Buffer.from(block) : block)),
    { chunkSize: 1 }
  )

/** Bytes that no cut or swap leaves the same. */
export const pattern = (size: number): Uint8Array => {
  const bytes = new Uint8Array(size)
  for (let index = 0; index < size; index += 1) bytes[index] = (index * 31 + (index >> 8) * 17 + (index >> 16)) & 255
  return bytes
}

const most = 64 * 1024 * 1024

/** All bytes of an object. */
export const bytesAt = (store: ObjectStore, path: Path, options?: ReadOptions) =>
  Effect.scoped(Effect.flatMap(store.read(path, options), ({ body }) => collectBytes(body, most)))

/** The text of an object. */
export const textAt = (store: ObjectStore, path: Path, options?: ReadOptions) =>
  Effect.map(bytesAt(store, path, options), (bytes) => new TextDecoder().decode(bytes))
