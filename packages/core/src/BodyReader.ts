/**
 * Reads a body in pieces of a chosen length, into memory that is used again once a piece is given back.
 */
import { StorageError } from "./StorageError.ts"
import type { Body } from "./ObjectStore.ts"
import * as Effect from "effect/Effect"
import * as Pull from "effect/Pull"
import * as Stream from "effect/Stream"

/** What reads a body. */
export interface BodyReader {
  /**
   * The next `limit` bytes; fewer only at the end of the body, none after it. Fails with `integrity_error` once the
   * body is seen to be shorter or longer than `size`.
   */
  readonly fill: (limit: number) => Effect.Effect<Uint8Array, StorageError>
  /** Whether there are more bytes; waits until that is known. Fails as `fill` does. */
  readonly more: Effect.Effect<boolean, StorageError>
  /** Takes the memory of a piece that nobody reads any more, for the next: a new one for each makes the collector run. */
  readonly recycle: (piece: Uint8Array) => void
  /** How many bytes the next `fill` can return at most: what memory to ask for before. */
  readonly next: (limit: number) => number
  /** How many bytes the body yielded so far. */
  readonly received: () => number
}

/** The error of a body that has not the number of bytes it was said to have. */
const wrongSize = (received: number, size: number): StorageError =>
  StorageError.of(
    "integrity_error",
    received > size ? `the body has more than ${size} bytes` : `the body has ${received} bytes and not ${size}`,
    { retryable: false }
  )

/** A reader that lives in the Scope; blocks are copied out, so a source may use its own again. */
export const makeBodyReader = Effect.fnUntraced(function* (body: Body, size?: number) {
  const pull = Pull.catchDone(yield* Stream.toPull(body), () => Effect.undefined)
  const spare: Array<Uint8Array> = []
  let blocks: ReadonlyArray<Uint8Array> = []
  let index = 0
  let offset = 0
  let received = 0
  let returned = 0
  let ended = false

  const advance = Effect.fnUntraced(function* () {
    const pulled = yield* pull
    index = 0
    offset = 0
    blocks = pulled ?? []
    ended = pulled === undefined
    for (const block of blocks) received += block.byteLength
    if (size !== undefined && (received > size || (ended && received < size))) return yield* wrongSize(received, size)
  })

  const next = (limit: number): number => {
    if (ended) return 0
    return size === undefined ? limit : Math.min(limit, size - returned)
  }

  const more = Effect.gen(function* () {
    for (;;) {
      const block = blocks[index]
      if (block === undefined) {
        if (ended) return false
        yield* advance()
        continue
      }
      if (offset < block.byteLength) return true
      index += 1
      offset = 0
    }
  })

  const fill = Effect.fnUntraced(function* (limit: number) {
    const wanted = next(limit)
    const used = spare.pop()
    const piece = used !== undefined && used.byteLength >= wanted ? used : Buffer.allocUnsafeSlow(wanted)
    let filled = 0
    while (filled < limit) {
      const block = blocks[index]
      if (block === undefined) {
        if (ended) break
        yield* advance()
        continue
      }
      const taken = block.subarray(offset, offset + limit - filled)
      piece.set(taken, filled)
      filled += taken.byteLength
      offset += taken.byteLength
      if (offset === block.byteLength) {
        index += 1
        offset = 0
      }
    }
    returned += filled
    return piece.subarray(0, filled) as Uint8Array
  })
  const recycle = (piece: Uint8Array) => void spare.push(piece)

  return { fill, more, recycle, next, received: () => received } satisfies BodyReader
})
