/**
 * Paths as containers and names of blobs.
 *
 * The first segment is the container; the others, each encoded by the mask as rclone does, are joined by `/` to the name.
 * A path of a container and one empty segment would be the name of no characters, which there is not.
 */
import { StorageError, type Path } from "@mooring/core"
import { NameCodec } from "@mooring/core/encoding/NameCodec"
import * as Effect from "effect/Effect"
import type { AzureBlobSettings } from "./AzureBlobSettings.ts"

/** The longest name, in characters: https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata */
export const maxName = 1024

/** Where a blob is, as Azure names it. */
export interface Target {
  readonly container: string
  readonly name: string
}

/** A blob, or one version or snapshot of it. */
export interface StateTarget extends Target {
  readonly query?: { readonly versionid?: string | undefined; readonly snapshot?: string | undefined }
}

/** Lower-case letters, digits and single hyphens between them; or a container of the system. */
const containerPattern = /^(?:\$root|\$web|\$logs|\$blobchangefeed|(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*)$/

const invalid = (detail: string) => Effect.fail(StorageError.of("invalid_name", detail))

/** The container of a path that is not the root. Fails with `invalid_name`, and for one that a signature is not for. */
export const containerOf = (
  { container: only }: Pick<AzureBlobSettings, "container">,
  path: Path
): Effect.Effect<string, StorageError> => {
  const container = path[0] ?? ""
  if (!containerPattern.test(container)) {
    return invalid("a container is named by 3 to 63 lower-case letters, digits and single hyphens")
  }
  return only === undefined || only === container
    ? Effect.succeed(container)
    : Effect.fail(
        StorageError.of("permission_denied", "the signature is for another container", {
          pointer: "#/sas_url",
          suggestion: only
        })
      )
}

/** Characters that no XML can hold: listings of such names differ from server to server. */
const outsideXml = /[\ufffe\uffff]/

const nameOf = ({ encoding }: AzureBlobSettings, segments: Path): Effect.Effect<string, StorageError> => {
  if (segments.some((segment) => segment.includes("/"))) return invalid("a segment of a path holds a slash")
  if (!segments.every((segment) => segment.isWellFormed())) return invalid("the path is not well-formed Unicode")
  const codec = NameCodec.make(encoding)
  const name = segments.map((segment) => codec.encode(segment)).join("/")
  if (!name.isWellFormed()) return invalid("Azure keeps names in Unicode only")
  if (outsideXml.test(name)) return invalid("listings cannot hold U+FFFE and U+FFFF")
  return name.length > maxName ? invalid(`a name has at most ${maxName} characters`) : Effect.succeed(name)
}

/** The blob of a path. Fails with `is_a_directory` for the root and for a container. */
export const targetOf = Effect.fnUntraced(function* (settings: AzureBlobSettings, path: Path) {
  if (path.length < 2) return yield* StorageError.of("is_a_directory", "the root and a container are no objects")
  const container = yield* containerOf(settings, path)
  const name = yield* nameOf(settings, path.slice(1))
  if (name === "") return yield* StorageError.of("invalid_name", "an object has a name of at least one character")
  return { container, name } satisfies Target
})

/** The prefix of all names below a directory: empty for a container, else with a slash at its end. */
export const prefixOf = Effect.fnUntraced(function* (settings: AzureBlobSettings, directory: Path) {
  const container = yield* containerOf(settings, directory)
  const name = yield* nameOf(settings, directory.slice(1))
  return { container, prefix: directory.length === 1 ? "" : `${name}/` }
})

/** The segments of a stored name; undefined if no path reaches it, since encoding its names gives another. */
export const segmentsOf = ({ encoding }: AzureBlobSettings, name: string): Path | undefined => {
  if (outsideXml.test(name)) return undefined
  const codec = NameCodec.make(encoding)
  const segments = name.split("/").map((segment) => codec.decode(segment))
  return segments.every((segment) => segment !== undefined) ? segments : undefined
}
