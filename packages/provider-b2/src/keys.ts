/**
 * Paths as buckets and names of files.
 *
 * The first segment is the bucket; the others, each encoded by the mask as rclone does, are joined by `/` to the name.
 * B2 has no names with empty segments, so `a//b`, `/a` and `a/` are refused.
 *
 * Source: https://www.backblaze.com/docs/cloud-storage-files#file-names
 */
import { StorageError, type Path } from "@mooring/core"
import { NameCodec } from "@mooring/core/encoding/NameCodec"
import * as Effect from "effect/Effect"
import type { B2Settings } from "./B2Settings.ts"

/** The longest name, in bytes of its UTF-8. */
export const maxKey = 1024

/** The longest segment of a name, in bytes of its UTF-8. */
export const maxSegment = 250

/** Where a file is, and which of its versions; the newest if none is named. */
export interface FileTarget {
  readonly bucket: string
  readonly key: string
  readonly fileId?: string | undefined
}

const invalid = (detail: string) => Effect.fail(StorageError.of("invalid_name", detail))

/** The bucket of a path that is not the root. Fails with `invalid_name`. */
export const bucketOf = (path: Path): Effect.Effect<string, StorageError> =>
  /^[A-Za-z0-9-]{1,100}$/.test(path[0] ?? "")
    ? Effect.succeed(path[0] as string)
    : invalid("the name of a bucket is letters, digits and dashes")

// oxlint-disable-next-line no-control-regex -- these are the characters that B2 does not take
const forbidden = /[\0-\x1f\x7f\\]/

/** What is wrong with a stored segment; undefined if nothing is. */
const problemOf = (segment: string): string | undefined => {
  if (segment === "") return "B2 has no names with empty segments"
  if (!segment.isWellFormed()) return "B2 takes names in UTF-8 only"
  if (forbidden.test(segment)) return "B2 takes no control characters and backslashes in names"
  return Buffer.byteLength(segment) > maxSegment ? `a segment has at most ${maxSegment} bytes` : undefined
}

/** The name of the segments below a bucket. Fails with `invalid_name` for what cannot be stored. */
const keyOf = ({ encoding }: B2Settings, segments: Path): Effect.Effect<string, StorageError> => {
  if (segments.some((segment) => segment.includes("/"))) return invalid("a segment of a path holds a slash")
  if (!segments.every((segment) => segment.isWellFormed())) return invalid("the path is not well-formed Unicode")
  const codec = NameCodec.make(encoding)
  const stored = segments.map((segment) => codec.encode(segment))
  const problem = stored.map(problemOf).find((found) => found !== undefined)
  if (problem !== undefined) return invalid(problem)
  const key = stored.join("/")
  return Buffer.byteLength(key) > maxKey ? invalid(`a name has at most ${maxKey} bytes`) : Effect.succeed(key)
}

/** The file of a path. Fails with `is_a_directory` for the root and for a bucket. */
export const targetOf = Effect.fnUntraced(function* (settings: B2Settings, path: Path) {
  if (path.length < 2) return yield* StorageError.of("is_a_directory", "the root and a bucket are no objects")
  return { bucket: yield* bucketOf(path), key: yield* keyOf(settings, path.slice(1)) } satisfies FileTarget
})

/** The prefix of all names below a directory: empty for a bucket, else with a slash at its end. */
export const prefixOf = Effect.fnUntraced(function* (settings: B2Settings, directory: Path) {
  const bucket = yield* bucketOf(directory)
  const key = yield* keyOf(settings, directory.slice(1))
  return { bucket, prefix: directory.length === 1 ? "" : `${key}/` }
})

/** The segments of a stored name; undefined if no path reaches it, since encoding its segments gives another name. */
export const segmentsOf = ({ encoding }: B2Settings, key: string): Path | undefined => {
  const codec = NameCodec.make(encoding)
  const stored = key.split("/")
  const segments = stored.map((segment) => codec.decode(segment))
  return stored.every((segment) => problemOf(segment) === undefined) && segments.every((one) => one !== undefined)
    ? segments
    : undefined
}
