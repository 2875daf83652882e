/**
 * Paths as buckets and names of objects.
 *
 * The first segment is the bucket; the others, each encoded by the mask as rclone does, are joined by `/` to the name.
 */
import { StorageError, type Path } from "@mooring/core"
import { NameCodec } from "@mooring/core/encoding/NameCodec"
import * as Effect from "effect/Effect"
import type { GoogleCloudStorageSettings } from "./GoogleCloudStorageSettings.ts"

/** The longest name in bytes: https://cloud.google.com/storage/docs/objects#naming */
export const maxKey = 1024

/** Where an object is, as the service names it. */
export interface Target {
  readonly bucket: string
  readonly name: string
}

type Encoding = Pick<GoogleCloudStorageSettings, "encoding">

const invalid = (detail: string) => StorageError.of("invalid_name", detail)

/** The bucket of a path that is not the root: https://cloud.google.com/storage/docs/buckets#naming */
export const bucketOf = (path: Path): Effect.Effect<string, StorageError> => {
  const bucket = path[0] ?? ""
  return /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(bucket)
    ? Effect.succeed(bucket)
    : Effect.fail(invalid("a bucket is named by 3 to 222 lower-case letters, digits, dashes, dots and underscores"))
}

/** Why the service has no such name; undefined if it has. */
const problemOf = (name: string): string | undefined => {
  if (!name.isWellFormed()) return "Cloud Storage keeps names in Unicode only"
  if (/[\r\n]/.test(name)) return "a name holds no line break"
  if (name === "." || name === "..") return "an object is not named by dots alone"
  return Buffer.byteLength(name) > maxKey ? `a name has at most ${maxKey} bytes` : undefined
}

const nameOf = Effect.fnUntraced(function* ({ encoding }: Encoding, segments: Path) {
  if (segments.some((segment) => segment.includes("/"))) return yield* invalid("a segment of a path holds a slash")
  if (!segments.every((segment) => segment.isWellFormed())) return yield* invalid("the path is not well-formed Unicode")
  const codec = NameCodec.make(encoding)
  const name = segments.map((segment) => codec.encode(segment)).join("/")
  const problem = problemOf(name)
  return problem === undefined ? name : yield* invalid(problem)
})

/** The object of a path. Fails with `is_a_directory` for the root and for a bucket. */
export const targetOf = Effect.fnUntraced(function* (settings: Encoding, path: Path) {
  if (path.length < 2) return yield* StorageError.of("is_a_directory", "the root and a bucket are no objects")
  const bucket = yield* bucketOf(path)
  const name = yield* nameOf(settings, path.slice(1))
  if (name === "") return yield* invalid("an object has a name of at least one character")
  return { bucket, name } satisfies Target
})

/** The prefix of all names below a directory: empty for a bucket, else with a slash at its end. */
export const prefixOf = Effect.fnUntraced(function* (settings: Encoding, directory: Path) {
  const bucket = yield* bucketOf(directory)
  const name = yield* nameOf(settings, directory.slice(1))
  return { bucket, prefix: directory.length === 1 ? "" : `${name}/` }
})

/** The segments of a stored name; undefined if no path reaches it, since encoding its segments gives another name. */
export const segmentsOf = ({ encoding }: Encoding, name: string): Path | undefined => {
  if (problemOf(name) !== undefined) return undefined
  const codec = NameCodec.make(encoding)
  const segments = name.split("/").map((segment) => codec.decode(segment))
  return segments.every((segment) => segment !== undefined) ? segments : undefined
}
