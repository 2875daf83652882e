/**
 * Paths as containers and object names.
 *
 * The first segment is the container; the others, each encoded by the mask as rclone does, are joined by `/` to the
 * name. Nothing else is done to it: `a//b` has an empty segment in it, `a/` one at its end, and `a/../b` stays as it
 * is.
 */
import { StorageError, type Path } from "@mooring/core"
import { NameCodec } from "@mooring/core/encoding/NameCodec"
import { bytesFromText } from "@mooring/core/encoding/surrogateEscape"
import * as Effect from "effect/Effect"
import type { SwiftSettings } from "./SwiftSettings.ts"

/** The longest name of an object and of a container, in bytes (https://docs.openstack.org/api-ref/object-store/). */
export const maxKey = 1024
const maxContainer = 256

/** Where segments are that have no container of their own, as rclone names it. */
export const segmentsFolder = ".file-segments"

/** Where an object is, as Swift names it: surrogate-escaped text. */
export interface Target {
  readonly container: string
  readonly key: string
}

type Masked = Pick<SwiftSettings, "encoding">

const invalid = (detail: string) => Effect.fail(StorageError.of("invalid_name", detail))

const encoded = ({ encoding }: Masked, segments: Path): Effect.Effect<ReadonlyArray<string>, StorageError> => {
  if (segments.some((segment) => segment.includes("/"))) return invalid("a segment of a path holds a slash")
  if (!segments.every((segment) => segment.isWellFormed())) return invalid("the path is not well-formed Unicode")
  const codec = NameCodec.make(encoding)
  return Effect.succeed(segments.map((segment) => codec.encode(segment)))
}

/** The container of a path that is not the root. Fails with `invalid_name`. */
export const containerOf = Effect.fnUntraced(function* (settings: Masked, path: Path) {
  const [container = ""] = yield* encoded(settings, path.slice(0, 1))
  const size = bytesFromText(container).byteLength
  if (size < 1 || size > maxContainer || container === "." || container === "..") {
    return yield* StorageError.of("invalid_name", "this is not a name that a container can have")
  }
  return container
})

const keyOf = Effect.fnUntraced(function* (settings: Masked, segments: Path) {
  const key = (yield* encoded(settings, segments)).join("/")
  if (bytesFromText(key).byteLength > maxKey) return yield* invalid(`a name has at most ${maxKey} bytes`)
  return key
})

/** The object of a path. Fails with `is_a_directory` for the root and for a container. */
export const targetOf = Effect.fnUntraced(function* (settings: Masked, path: Path) {
  if (path.length < 2) return yield* StorageError.of("is_a_directory", "the root and a container are no objects")
  const container = yield* containerOf(settings, path)
  const key = yield* keyOf(settings, path.slice(1))
  if (key === "") return yield* StorageError.of("invalid_name", "an object has a name of at least one byte")
  return { container, key } satisfies Target
})

/** The same for an object that is to be stored: among segments it would be hidden. */
export const newTargetOf = (settings: Masked, path: Path): Effect.Effect<Target, StorageError> =>
  Effect.filterOrFail(
    targetOf(settings, path),
    ({ key }) => !isHidden(key),
    () => StorageError.of("invalid_name", `${segmentsFolder} holds the segments of large objects`)
  )

/** Whether a name is that of segments, which are not shown. */
export const isHidden = (key: string): boolean => key.startsWith(`${segmentsFolder}/`)

/** The prefix of all names below a directory: empty for a container, else with a slash at its end. */
export const prefixOf = Effect.fnUntraced(function* (settings: Masked, directory: Path) {
  const container = yield* containerOf(settings, directory)
  const key = yield* keyOf(settings, directory.slice(1))
  return { container, prefix: directory.length === 1 ? "" : `${key}/` }
})

/** The segments of a stored name; undefined if no path reaches it, since encoding its parts gives another name. */
export const segmentsOf = ({ encoding }: Masked, key: string): Path | undefined => {
  const codec = NameCodec.make(encoding)
  const segments = key.split("/").map((segment) => codec.decode(segment))
  return segments.every((segment) => segment !== undefined) ? segments : undefined
}
