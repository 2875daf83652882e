/**
 * What is at a path: a container, an object, or a directory, which is a prefix with something behind it.
 */
import { StorageError, type Entry, type ObjectStore, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import { headContainer, headObject, listObjects } from "./SwiftApi.ts"
import type { VersionTarget } from "./api/objects.ts"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { objectInfoOf } from "./headers.ts"
import { containerOf, maxKey, prefixOf, targetOf } from "./keys.ts"
import { isDirectoryMarker } from "./markers.ts"

const isNotFound = ({ reason }: StorageError): boolean => reason._tag === "not_found"
const nothing = StorageError.of("not_found", "there is nothing at this path")

/** An object, or a version, at a place that is known, and the headers it was seen in; `not_found` if there is none. */
export const headAt = Effect.fnUntraced(function* (
  client: SwiftClient,
  path: Path,
  target: VersionTarget,
  ifMatch?: string
) {
  const conditions = ifMatch === undefined ? {} : { "if-match": `"${ifMatch}"` }
  const headers = yield* client.repeated(headObject(client, target, conditions))
  return { target, headers, info: objectInfoOf(path, headers) }
})

/** The same for the object at a path. */
export const headOf = Effect.fnUntraced(function* (client: SwiftClient, path: Path, ifMatch?: string) {
  return yield* headAt(client, path, yield* targetOf(yield* client.settings, path), ifMatch)
})

const directoryAt = Effect.fnUntraced(function* (client: SwiftClient, path: Path) {
  const { container, prefix } = yield* prefixOf(yield* client.settings, path)
  if (Buffer.byteLength(prefix) > maxKey) return yield* nothing
  const page = yield* client.repeated(listObjects(client, container, { prefix, limit: 1 }))
  return page.length > 0 ? { kind: "directory" as const, path } : yield* nothing
})

/** An object `a` hides the directory of the objects `a/b` beside it; listings show both. */
export const stat = (client: SwiftClient): ObjectStore["stat"] =>
  Effect.fnUntraced(function* (path) {
    if (path.length === 0) return { kind: "directory" as const, path }
    if (path.length === 1) {
      const container = yield* containerOf(yield* client.settings, path)
      yield* client.repeated(headContainer(client, container))
      return { kind: "container" as const, path }
    }
    // The name of no bytes cannot be asked for, but names that begin with a slash are below it.
    if (path.length === 2 && path[1] === "") return yield* directoryAt(client, path)
    const object = Effect.map(headOf(client, path), ({ info }): Entry =>
      isDirectoryMarker(info.size, info.contentType) ? { kind: "directory", path } : info
    )
    return yield* Effect.catchIf(object, isNotFound, () => directoryAt(client, path))
  })
