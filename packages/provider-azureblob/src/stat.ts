/**
 * What is at a path: a container, an object, or a directory, which is a prefix with something behind it.
 */
import { StorageError, type ObjectStore, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import { headBlob } from "./api/blobs.ts"
import type { BlobClient } from "./api/BlobClient.ts"
import { headContainer, listBlobs } from "./api/containers.ts"
import { conditionHeaders, factsOf, infoOf, isFolder } from "./headers.ts"
import { containerOf, maxName, prefixOf, targetOf, type StateTarget } from "./keys.ts"

const isNotFound = ({ reason }: StorageError): boolean => reason._tag === "not_found"

const nothing = StorageError.of("not_found", "there is nothing at this path")

/** A state of the object at a path and the headers it was seen in; `not_found` if there is none. */
export const headAt = Effect.fnUntraced(function* <A extends StateTarget>(
  client: BlobClient,
  path: Path,
  target: A,
  ifMatch?: string
) {
  const conditions = conditionHeaders(ifMatch === undefined ? {} : { ifMatch })
  const headers = yield* client.repeated(headBlob(client, target, conditions))
  return { target, headers, info: infoOf(path, factsOf(headers)) }
})

/** The same of the object as it is. */
export const headOf = Effect.fnUntraced(function* (client: BlobClient, path: Path, ifMatch?: string) {
  return yield* headAt(client, path, yield* targetOf(yield* client.settings, path), ifMatch)
})

const directoryAt = Effect.fnUntraced(function* (client: BlobClient, path: Path) {
  const { container, prefix } = yield* prefixOf(yield* client.settings, path)
  if (prefix.length > maxName) return yield* nothing
  let marker: string | undefined
  do {
    const page: { readonly found: boolean; readonly marker: string | undefined } = yield* Effect.map(
      client.repeated(listBlobs(client, container, { prefix, maxResults: 1, marker })),
      (listing) => ({ found: listing.blobs.length > 0, marker: listing.marker })
    )
    if (page.found) return { kind: "directory" as const, path }
    marker = page.marker
  } while (marker !== undefined)
  return yield* nothing
})

/** An object `a` hides the directory of the objects `a/b` beside it; listings show both. */
export const stat = (client: BlobClient): ObjectStore["stat"] =>
  Effect.fnUntraced(function* (path) {
    if (path.length === 0) return { kind: "directory" as const, path }
    if (path.length === 1) {
      const container = yield* containerOf(yield* client.settings, path)
      yield* client.repeated(headContainer(client, container))
      return { kind: "container" as const, path }
    }
    // The name of no characters cannot be asked for, but names that begin with a slash are below it.
    if (path.length === 2 && path[1] === "") return yield* directoryAt(client, path)
    const object = Effect.map(headOf(client, path), ({ headers, info }) =>
      isFolder(factsOf(headers)) && path.at(-1) !== "" ? { kind: "directory" as const, path } : info
    )
    return yield* Effect.catchIf(object, isNotFound, () => directoryAt(client, path))
  })
