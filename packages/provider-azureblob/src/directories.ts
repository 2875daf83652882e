/**
 * Empty directories, where the options ask for them: blobs of no bytes whose name ends in a slash, marked as folders.
 */
import { StorageError, type ObjectStore, type Path } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { deleteBlob, putBlob } from "./api/blobs.ts"
import type { BlobClient } from "./api/BlobClient.ts"
import { listBlobs } from "./api/containers.ts"
import { folderMark, metadataHeaders, withModified } from "./headers.ts"
import { prefixOf } from "./keys.ts"

/** The marker of a directory in a container. */
const markerOf = Effect.fnUntraced(function* (client: BlobClient, path: Path) {
  if (path.length < 2) return yield* StorageError.of("invalid_name", "the root and a container are no directories")
  const { container, prefix } = yield* prefixOf(yield* client.settings, path)
  return { container, name: prefix }
})

export const createDirectory = (client: BlobClient): NonNullable<ObjectStore["createDirectory"]> =>
  Effect.fnUntraced(function* (path) {
    const marker = yield* markerOf(client, path)
    const metadata = withModified({ [folderMark]: "true" }, yield* Clock.currentTimeMillis)
    yield* client.repeated(putBlob(client, marker, new Uint8Array(), metadataHeaders(metadata)))
  })

export const removeDirectory = (client: BlobClient): NonNullable<ObjectStore["removeDirectory"]> =>
  Effect.fnUntraced(function* (path) {
    const marker = yield* markerOf(client, path)
    let after: string | undefined
    do {
      const page: { readonly others: boolean; readonly marker: string | undefined } = yield* Effect.map(
        client.repeated(listBlobs(client, marker.container, { prefix: marker.name, maxResults: 2, marker: after })),
        (listing) => ({ others: listing.blobs.some(({ name }) => name !== marker.name), marker: listing.marker })
      )
      if (page.others) return yield* StorageError.of("not_empty", "the directory is not empty")
      after = page.marker
    } while (after !== undefined)
    yield* client.repeated(deleteBlob(client, marker))
  }, orGone)
