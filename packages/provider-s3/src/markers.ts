/**
 * Cursors of two texts: a key, and what tells its places apart. Both may hold any character, so that the length of the
 * first stands before them.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"

/** The place behind this id of this key. */
export interface Marker {
  readonly key: string
  readonly id: string
}

/** The cursor of a marker. */
export const formatMarker = ({ key, id }: Marker): string => `${key.length}:${key}${id}`

/** Fails with `invalid_value` for what is no such cursor. */
export const parseMarker = (cursor: string): Effect.Effect<Marker, StorageError> => {
  const match = /^(\d{1,5}):/.exec(cursor)
  if (match === null) return Effect.fail(StorageError.of("invalid_value", "this cursor is not from a listing of these"))
  const start = match[0].length
  const end = start + Number(match[1])
  return Effect.succeed({ key: cursor.slice(start, end), id: cursor.slice(end) })
}
