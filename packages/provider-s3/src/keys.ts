/**
 * Paths as buckets and keys.
 *
 * The first segment is the bucket; the others, each encoded by the mask as rclone does, are joined by `/` to the key.
 * Nothing else is done to a key: `a//b` has an empty segment in it, `a/` one at its end, and `a/../b` stays as it is.
 * A path of a bucket and one empty segment would be the key of no bytes, which S3 does not have.
 */
import { StorageError, type Path } from "@mooring/core"
import { NameCodec } from "@mooring/core/encoding/NameCodec"
import { bytesFromText } from "@mooring/core/encoding/surrogateEscape"
import * as Effect from "effect/Effect"
import type { S3Settings } from "./S3Settings.ts"

/** The longest key, in bytes of its UTF-8 (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html). */
export const maxKey = 1024

/** Where an object is, as S3 names it. A key is surrogate-escaped text: bytes that are no UTF-8 are lone surrogates. */
export interface Target {
  readonly bucket: string
  readonly key: string
}

/** One version of an object; the current one if none is named. */
export interface VersionTarget extends Target {
  readonly versionId?: string | undefined
}

/** What no service has as a bucket could reach another host or key when it is put into an address. */
const bucketPattern = /^[\p{L}\p{N}._:-]{1,255}$/u

const invalid = (detail: string) => Effect.fail(StorageError.of("invalid_name", detail))

/** The bucket of a path that is not the root. Fails with `invalid_name`. */
export const bucketOf = (path: Path): Effect.Effect<string, StorageError> => {
  const bucket = path[0] ?? ""
  return bucketPattern.test(bucket) && bucket !== "." && bucket !== ".."
    ? Effect.succeed(bucket)
    : invalid("this is not a name that a bucket can have")
}

/** The zone in the name of a directory bucket, `NAME--ZONE--x-s3`; undefined if it is no such name. */
export const zoneOf = (bucket: string): string | undefined => /--([a-z0-9]+(?:-[a-z0-9]+)*)--x-s3$/.exec(bucket)?.[1]

/** The key of the segments below a bucket. Fails with `invalid_name` for what cannot be stored. */
const keyOf = ({ encoding }: S3Settings, segments: Path): Effect.Effect<string, StorageError> => {
  if (segments.some((segment) => segment.includes("/"))) return invalid("a segment of a path holds a slash")
  if (!segments.every((segment) => segment.isWellFormed())) return invalid("the path is not well-formed Unicode")
  const codec = NameCodec.make(encoding)
  const key = segments.map((segment) => codec.encode(segment)).join("/")
  return bytesFromText(key).byteLength > maxKey ? invalid(`a key has at most ${maxKey} bytes`) : Effect.succeed(key)
}

/** The object of a path. Fails with `is_a_directory` for the root and for a bucket. */
export const targetOf = Effect.fnUntraced(function* (settings: S3Settings, path: Path) {
  if (path.length < 2) return yield* StorageError.of("is_a_directory", "the root and a bucket are no objects")
  const bucket = yield* bucketOf(path)
  const key = yield* keyOf(settings, path.slice(1))
  if (key === "") return yield* StorageError.of("invalid_name", "an object has a key of at least one byte")
  return { bucket, key } satisfies Target
})

/** The prefix of all keys below a directory: empty for a bucket, else with a slash at its end. */
export const prefixOf = Effect.fnUntraced(function* (settings: S3Settings, directory: Path) {
  const bucket = yield* bucketOf(directory)
  const key = yield* keyOf(settings, directory.slice(1))
  return { bucket, prefix: directory.length === 1 ? "" : `${key}/` }
})

/** The segments of a stored key; undefined if no path reaches it, since encoding its names gives another key. */
export const segmentsOf = ({ encoding }: S3Settings, key: string): Path | undefined => {
  const codec = NameCodec.make(encoding)
  const segments = key.split("/").map((segment) => codec.decode(segment))
  return segments.every((segment) => segment !== undefined) ? segments : undefined
}
