/**
 * Bodies that go up piece by piece: how large a piece is, and several of them on their way at once.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { BodyReader } from "./BodyReader.ts"
import type { MemoryBudgetShape } from "./MemoryBudget.ts"
import { StorageError } from "./StorageError.ts"

const mebibyte = 1024 * 1024

/** The chunk size, grown to whole MiB until an object of this size has at most so many parts, as rclone does. */
export const partSizeOf = (chunkSize: number, size: number | undefined, maxParts: number): number => {
  if (size === undefined || size / chunkSize <= maxParts) return chunkSize
  const least = Math.ceil(size / maxParts / mebibyte) * mebibyte
  return Math.ceil(size / least) > maxParts ? least + mebibyte : least
}

/** A piece of a body in memory, and how to give its memory back. */
export interface Piece {
  readonly bytes: Uint8Array
  readonly free: Effect.Effect<void>
}

/** The next piece of a body once the process has memory for it; it has no bytes at the end. */
export const nextPiece = Effect.fnUntraced(function* (budget: MemoryBudgetShape, reader: BodyReader, limit: number) {
  const scope = yield* Scope.fork(yield* Effect.scope)
  const free = Scope.close(scope, Exit.void)
  yield* Scope.provide(budget.take(reader.next(limit)), scope)
  const bytes = yield* reader.fill(limit)
  return { bytes, free } satisfies Piece
})

/** Rules for the pieces of one body. */
export interface PieceRules {
  /** Bytes of each but the last. */
  readonly partSize: number
  /** Pieces that are on their way at once. */
  readonly concurrency: number
  /** The most pieces; a body of more is `body_too_large`. */
  readonly maxParts: number
}

/**
 * Sends all pieces of a body, numbered from 1, and answers what the sends answered, in any order. One piece is read at
 * a time, and only when a sender is free to take it, so no more than `concurrency` pieces are in memory. `first` is one
 * that was read already.
 */
export const sendPieces = Effect.fnUntraced(function* <A, R>(
  budget: MemoryBudgetShape,
  reader: BodyReader,
  { partSize, concurrency, maxParts }: PieceRules,
  first: Piece | undefined,
  send: (number: number, bytes: Uint8Array) => Effect.Effect<A, StorageError, R>
) {
  const reading = yield* Semaphore.make(1)
  const sent: Array<A> = []
  let waiting = first
  let last = 0

  const next = Effect.fnUntraced(function* () {
    const piece = waiting ?? (yield* nextPiece(budget, reader, partSize))
    waiting = undefined
    if (piece.bytes.byteLength === 0) return { piece, number: 0 }
    last += 1
    if (last > maxParts) {
      return yield* StorageError.of("body_too_large", `a body of unknown size has at most ${maxParts} parts`, {
        pointer: "#/chunk_size",
        suggestion: "a larger chunk_size"
      })
    }
    return { piece, number: last }
  })

  const sendOne = Effect.fnUntraced(function* () {
    const { piece, number } = yield* Semaphore.withPermit(reading, next())
    if (number === 0) return yield* Effect.as(piece.free, false)
    const answer = yield* send(number, piece.bytes)
    reader.recycle(piece.bytes)
    yield* piece.free
    sent.push(answer)
    return true
  })

  const worker = Effect.gen(function* () {
    while (yield* sendOne());
  })
  const workers = Array.from({ length: Math.max(1, concurrency) }, () => worker)
  yield* Effect.all(workers, { concurrency: "unbounded", discard: true })
  return sent as ReadonlyArray<A>
})
