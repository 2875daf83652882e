/**
 * One ranged read of an object that fills blocks of the cache.
 */
import { StorageError, type ReadResult } from "@mooring/core"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { Engine } from "../Engine.ts"
import { moved } from "../moving.ts"
import { lastMove, pathOf, type FileNode } from "../Node.ts"
import type { Block } from "./BlockCache.ts"
import type { ReadWindow } from "./ReadWindow.ts"
import { isVersion, type Version } from "./Version.ts"

/** A read that is on its way, with the blocks that it fills in order. */
export interface Fetch {
  readonly blocks: ReadonlyArray<Block>
  fiber: Fiber.Fiber<void, StorageError> | undefined
  done: boolean
}

/** The error of a file that changed while it was open. */
export const changed = StorageError.of("precondition_failed", "the file changed at the provider while it was open")

/** Whether it says that the version is there no more; a range that lies in it is refused only where it is shorter now. */
const isStale =
  (version: Version) =>
  ({ reason }: StorageError): boolean =>
    reason._tag === "not_found" ||
    reason._tag === "precondition_failed" ||
    (reason._tag === "invalid_value" && version.size !== undefined)

/**
 * Opens a range of the version. Fails with `precondition_failed` if the object is in another state or gone. Where it
 * moved meanwhile through this filesystem, or got another validator, it is read as it is now.
 */
export const openRange = Effect.fnUntraced(function* (
  { store, limits }: Engine,
  node: FileNode,
  version: Version,
  range: { readonly start: number; readonly end?: number }
) {
  const open: Effect.Effect<ReadResult, StorageError, Scope.Scope> = Effect.suspend(() => {
    if (node.parent === undefined) return Effect.fail(changed)
    const expected = { ...version }
    const before = lastMove(node)
    const isSame = () => lastMove(node) === before && version.validator === expected.validator
    const ifMatch = limits.validator === "none" ? undefined : version.validator
    const asked = Effect.flatMap(
      store.read(pathOf(node), { range, ...(ifMatch !== undefined && { ifMatch }) }),
      (result) => {
        // Without a validator, what was made at the old path since may look the same.
        const certain = ifMatch !== undefined || isSame()
        return certain && isVersion(expected, result.info) ? Effect.succeed(result) : Effect.fail(changed)
      }
    )
    const again = Effect.suspend(() => (isSame() ? stale : open))
    return Effect.catchIf(asked, isStale(version), () => Effect.andThen(moved(node), again))
  })
  const stale = Effect.suspend(() => {
    // Whoever opens it next sees what is there now.
    if (node.parent !== undefined) node.parent.listedAt = undefined
    return Effect.fail(changed)
  })
  const result = yield* open
  version.validator ??= result.info.validator
  version.size ??= result.info.size
  return result.body
})

/** Copies what comes into the blocks, each ready when it is full. */
const fill = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode,
  version: Version,
  blocks: ReadonlyArray<Block>
) {
  const size = engine.settings.blockSize
  const start = blocks[0]!.index * size
  const length = blocks.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
  const body = yield* openRange(engine, node, version, { start, end: start + length - 1 })
  let at = 0
  let filled = 0
  let received = 0
  const complete = (block: Block): void => {
    engine.blocks.ready(block)
    Deferred.doneUnsafe(block.done, Exit.void)
  }
  yield* Stream.runForEachArray(body, (chunks) =>
    Effect.sync(() => {
      for (const chunk of chunks) {
        received += chunk.byteLength
        for (let offset = 0; offset < chunk.byteLength && at < blocks.length;) {
          const block = blocks[at]!
          const taken = Math.min(chunk.byteLength - offset, block.bytes.byteLength - filled)
          block.bytes.set(
            offset === 0 && taken === chunk.byteLength ? chunk : chunk.subarray(offset, offset + taken),
            filled
          )
          offset += taken
          filled += taken
          if (filled === block.bytes.byteLength) {
            complete(block)
            at += 1
            filled = 0
          }
        }
      }
    })
  )
  if (at === blocks.length) return
  if (version.size !== undefined && start + received < Math.min(version.size, start + length)) {
    return yield* StorageError.of("integrity_error", "the provider sent fewer bytes than the object has")
  }
  // The end of an object whose size nobody knew.
  version.size = start + received
  const partial = blocks[at]!
  if (filled === 0) return
  partial.bytes = partial.bytes.subarray(0, filled)
  complete(partial)
})

/** Tries of a read that gets no further, after the first. */
const retries = 5

/** Milliseconds before the first of them; each of the others waits twice as long. */
const firstPause = 100

/** A read that breaks off goes on with the first block that is not full; it ends when it gets no further. */
const fillAll = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode,
  version: Version,
  blocks: ReadonlyArray<Block>
): Effect.fn.Return<void, StorageError> {
  let left = blocks
  for (let tries = 0; ; tries += 1) {
    const result = yield* Effect.result(Effect.scoped(fill(engine, node, version, left)))
    if (Result.isSuccess(result)) return
    const before = left.length
    left = left.filter(({ state }) => state === "loading")
    if (left.length < before) tries = 0
    if (left.length === 0) return
    if (!result.failure.reason.retryable || tries === retries) return yield* result.failure
    yield* Effect.sleep(firstPause * 2 ** tries)
  }
})

/** Reads so many blocks from `first` on, of which none is cached or on its way. */
export const fetchBlocks = (engine: Engine, node: FileNode, version: Version, first: number, count: number): Fetch => {
  const { blockSize } = engine.settings
  const blocks = Array.from({ length: count }, (_, position): Block => {
    const index = first + position
    const size = Math.min(blockSize, (version.size ?? Infinity) - index * blockSize)
    return {
      version,
      index,
      bytes: Buffer.allocUnsafeSlow(size),
      room: size,
      state: "loading",
      done: Deferred.makeUnsafe(),
      waiting: 0,
      older: undefined,
      newer: undefined
    }
  })
  for (const block of blocks) engine.blocks.begin(block)
  const fetch: Fetch = { blocks, fiber: undefined, done: false }
  const rest = (error: StorageError | undefined) =>
    Effect.sync(() => {
      fetch.done = true
      for (const block of blocks) {
        if (block.state !== "loading") continue
        engine.blocks.failed(block)
        Deferred.doneUnsafe(block.done, error === undefined ? Exit.void : Exit.fail(error))
      }
    })
  const work = fillAll(engine, node, version, blocks).pipe(
    Effect.matchEffect({ onFailure: rest, onSuccess: () => rest(undefined) }),
    Effect.onInterrupt(() => rest(StorageError.of("cancelled", "the read was given up")))
  )
  fetch.fiber = engine.fork(work)
  return fetch
}

/** The reader is done: what was begun for it and nobody waits for ends. */
export const closeWindow = ({ readers }: Engine, window: ReadWindow): void => {
  readers.leave(window)
  abandon(window.fetches)
}

/** Ends reads that were begun ahead and that nobody waits for. */
export const abandon = (fetches: Set<Fetch>): void => {
  for (const fetch of fetches) {
    if (!fetch.done && fetch.blocks.some(({ waiting }) => waiting > 0)) continue
    fetch.fiber?.interruptUnsafe()
    fetches.delete(fetch)
  }
}
