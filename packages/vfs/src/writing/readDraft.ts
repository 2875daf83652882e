/**
 * Reads a file that is being written: local bytes, the version below them, and zeros where neither is.
 */
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { SpillFile } from "../cacheFolder/CacheFolder.ts"
import type { Engine, Result } from "../Engine.ts"
import type { FileNode } from "../Node.ts"
import type { ReadWindow } from "../reading/ReadWindow.ts"
import { readVersion } from "../reading/readVersion.ts"
import type { Draft } from "./Draft.ts"
import { gaps } from "./extents.ts"

interface Piece {
  readonly from: "local" | "base" | "nowhere"
  readonly start: number
  readonly end: number
}

/** Where the bytes from `start` to `end` are, in order. Pure. */
export const piecesOf = ({ local, baseEnd }: Draft, start: number, end: number): ReadonlyArray<Piece> => {
  const pieces: Array<Piece> = []
  let at = start
  for (const [from, to] of [...gaps(local, start, end), [end, end] as const]) {
    if (from > at) pieces.push({ from: "local", start: at, end: from })
    const border = Math.max(from, Math.min(to, baseEnd))
    if (border > from) pieces.push({ from: "base", start: from, end: border })
    if (to > border) pieces.push({ from: "nowhere", start: border, end: to })
    at = to
  }
  return pieces
}

/** Whether nothing of these bytes is read from the provider. */
export const isLocal = (draft: Draft, offset: number, size: number): boolean =>
  draft.memory !== undefined ||
  piecesOf(draft, offset, Math.min(offset + size, draft.size)).every(({ from }) => from !== "base")

const readPiece = (
  engine: Engine,
  node: FileNode,
  { base }: Draft,
  spill: SpillFile | undefined,
  { from, start, end }: Piece,
  window: ReadWindow | undefined
): Result<Uint8Array> => {
  if (from === "local") return spill!.read(start, end - start)
  if (from === "base") return readVersion(engine, node, base!, start, end - start, window)
  return Effect.succeed(new Uint8Array(end - start))
}

/** At most `size` bytes of the draft from `offset` on, as it is now. */
export const readDraft = (
  engine: Engine,
  node: FileNode,
  draft: Draft,
  offset: number,
  size: number,
  window?: ReadWindow
): Result<Uint8Array> => {
  const end = Math.min(offset + size, draft.size)
  if (offset >= end) return Effect.succeed(new Uint8Array(0))
  if (draft.memory !== undefined) return Effect.succeed(draft.memory.slice(offset, end))
  // Who closes the file meanwhile gives up the draft, and not what is being read of it.
  const { spill } = draft
  const pieces = piecesOf(draft, offset, end)
  const only = pieces[0]!
  if (pieces.length === 1) return readPiece(engine, node, draft, spill, only, window)
  const work = Effect.gen(function* (): Effect.fn.Return<Uint8Array, StorageError> {
    const joined = new Uint8Array(end - offset)
    for (const piece of pieces) {
      if (piece.from !== "nowhere")
        joined.set(yield* readPiece(engine, node, draft, spill, piece, window), piece.start - offset)
    }
    return joined
  })
  return spill === undefined ? work : spill.during(work)
}
