/**
 * Reads bytes of a version through the block cache, ahead of a sequential reader.
 */
import type { StorageError } from "@mooring/core"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import type { Engine } from "../Engine.ts"
import type { FileNode } from "../Node.ts"
import type { Block } from "./BlockCache.ts"
import { abandon, fetchBlocks } from "./Fetch.ts"
import { advance, type ReadWindow } from "./ReadWindow.ts"
import type { Version } from "./Version.ts"

const nothing = new Uint8Array(0)

/** The blocks from `first` to `last` as far as they are known. */
const blocksOf = (version: Version, first: number, last: number): ReadonlyArray<Block | undefined> =>
  Array.from({ length: last - first + 1 }, (_, position) => version.blocks.get(first + position))

/** The blocks from `first` to `last`; those that are missing are asked for, in as few reads as there are gaps. */
const demand = (
  engine: Engine,
  node: FileNode,
  version: Version,
  first: number,
  last: number
): ReadonlyArray<Block> => {
  // What is there is taken first, since what comes may push it out of the cache.
  const blocks = blocksOf(version, first, last)
  return blocks.flatMap((block, position): ReadonlyArray<Block> => {
    if (block !== undefined) return [block]
    if (position > 0 && blocks[position - 1] === undefined) return []
    let count = 1
    while (position + count < blocks.length && blocks[position + count] === undefined) count += 1
    return fetchBlocks(engine, node, version, first + position, count).blocks
  })
}

/** What is worth a request of its own. */
const leastRange = 1024 * 1024

/** Begins reads ahead, in ranges that keep all streams busy, as long as there are streams and memory for them. */
const readAhead = (engine: Engine, node: FileNode, version: Version, window: ReadWindow): void => {
  const { blockSize, blockCache, readStreams } = engine.settings
  const size = version.size
  if (window.ahead === 0) return engine.readers.leave(window)
  if (size === undefined) return
  const ahead = Math.min(window.ahead, engine.readers.share(window, engine.now()))
  const end = Math.min(size, window.next + ahead)
  const range = Math.max(blockSize, Math.min(ahead, Math.max(leastRange, ahead / readStreams)))
  const perRange = Math.ceil(range / blockSize)
  window.asked = Math.max(window.asked, Math.floor(window.next / blockSize) * blockSize)
  for (const fetch of window.fetches) if (fetch.done) window.fetches.delete(fetch)
  while (window.asked < end && window.fetches.size < readStreams) {
    if (end - window.asked < range && end < size) return
    if (engine.blocks.loading() + range > blockCache / 2) return
    let index = Math.floor(window.asked / blockSize)
    const last = Math.ceil(size / blockSize) - 1
    while (index <= last && index * blockSize < end && version.blocks.has(index)) index += 1
    if (index > last || index * blockSize >= end) {
      window.asked = end
      return
    }
    let count = 1
    while (count < perRange && index + count <= last && !version.blocks.has(index + count)) count += 1
    window.fetches.add(fetchBlocks(engine, node, version, index, count))
    window.asked = (index + count) * blockSize
  }
}

/** The bytes of blocks that are there; no copy where one block has them all. */
const join = (engine: Engine, blocks: ReadonlyArray<Block>, offset: number, end: number): Uint8Array => {
  const { blockSize } = engine.settings
  const only = blocks[0]!
  const before = only.index * blockSize
  if (blocks.length === 1) return only.bytes.subarray(offset - before, end - before)
  const joined = Buffer.allocUnsafeSlow(end - offset)
  for (const { index, bytes } of blocks) {
    const start = index * blockSize
    joined.set(bytes.subarray(Math.max(0, offset - start), Math.max(0, end - start)), Math.max(0, start - offset))
  }
  return joined
}

/** Waits until a block is there, or is known not to come. */
const arrival = (block: Block): Effect.Effect<void, StorageError> => {
  if (block.state === "ready") return Effect.void
  block.waiting += 1
  return Effect.ensuring(
    Effect.catch(Deferred.await(block.done), (error) =>
      error.reason._tag === "cancelled" ? Effect.void : Effect.fail(error)
    ),
    Effect.sync(() => void (block.waiting -= 1))
  )
}

/** Waits for all blocks of the range; asks again for one that another reader gave up. */
const wait = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode,
  version: Version,
  offset: number,
  wanted: number,
  asked: ReadonlyArray<Block>
): Effect.fn.Return<Uint8Array, StorageError> {
  const { blockSize } = engine.settings
  const first = Math.floor(offset / blockSize)
  for (let blocks = asked; ;) {
    for (const block of blocks) yield* arrival(block)
    const known = Math.min(wanted, version.size ?? Infinity)
    const needed = blocks.filter(({ index }) => index * blockSize < known)
    if (offset >= known) return nothing
    if (needed.every(({ state }) => state === "ready")) return join(engine, needed, offset, known)
    blocks = demand(engine, node, version, first, Math.floor((known - 1) / blockSize))
  }
})

/** Where nobody knew the size, a range behind the end is refused. */
const behindTheEnd = (version: Version) => (error: StorageError) =>
  error.reason._tag === "invalid_value" && version.size === undefined ? Effect.succeed(nothing) : Effect.fail(error)

/**
 * At most `size` bytes of the version; answered at once where they are cached. The window is that of the reader; without
 * one nothing is read ahead.
 */
export const readVersion = (
  engine: Engine,
  node: FileNode,
  version: Version,
  offset: number,
  size: number,
  window?: ReadWindow
): Effect.Effect<Uint8Array, StorageError> => {
  const end = Math.min(offset + size, version.size ?? Infinity)
  if (offset >= end) return Effect.succeed(nothing)
  if (window !== undefined) {
    if (!advance(window, offset, end - offset, engine.settings.readAhead)) abandon(window.fetches)
  }
  const { blockSize } = engine.settings
  const first = Math.floor(offset / blockSize)
  const last = Math.floor((end - 1) / blockSize)
  const blocks = blocksOf(version, first, last)
  const cached = blocks.every((block): block is Block => block?.state === "ready")
  const asked = cached ? blocks : demand(engine, node, version, first, last)
  if (window !== undefined) readAhead(engine, node, version, window)
  if (cached) {
    // What a sequential reader has read goes before what was read ahead for it, which came later.
    if (window === undefined || window.ahead === 0) for (const block of blocks) engine.blocks.touch(block)
    return Effect.succeed(join(engine, blocks, offset, end))
  }
  const bytes = wait(engine, node, version, offset, offset + size, asked)
  return version.size === undefined ? Effect.catch(bytes, behindTheEnd(version)) : bytes
}
