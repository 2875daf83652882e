/**
 * Pieces of a body in memory, which the process has a budget of.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import type { B2Client } from "./api/B2Client.ts"
import type { BodyReader } from "./BodyReader.ts"

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

/** The next piece of a body once the process has memory for it; without bytes at the end. */
export const nextPiece = Effect.fnUntraced(function* (client: B2Client, reader: BodyReader, limit: number) {
  const scope = yield* Scope.fork(yield* Effect.scope)
  const free = Scope.close(scope, Exit.void)
  yield* Scope.provide(client.budget.take(reader.next(limit)), scope)
  const bytes = yield* reader.fill(limit)
  return { bytes, free } satisfies Piece
})
