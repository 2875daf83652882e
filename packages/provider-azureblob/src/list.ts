/**
 * Listings, one page per call.
 *
 * A blob of no bytes whose name ends in `/`, or that says of itself that it is a folder, is the marker of a directory: it
 * makes the directory visible in the listing around it and is not listed as an object. One that has bytes is an object.
 *
 * `modified` is the stored modification time, since listings carry metadata.
 */
import { StorageError, type Entry, type ListOptions, type ObjectStore, type Page, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { BlobClient } from "./api/BlobClient.ts"
import { listBlobs, listContainers } from "./api/containers.ts"
import type { AzureBlobSettings } from "./AzureBlobSettings.ts"
import { infoOf, isFolder } from "./headers.ts"
import { prefixOf, segmentsOf } from "./keys.ts"
import type { ListedBlob, Listing } from "./wire.ts"

/** The most entries that a page of Azure holds. */
export const maxPage = 5000

const pageSize = ({ listChunk }: AzureBlobSettings, { limit }: ListOptions): number =>
  Math.max(1, Math.min(limit ?? listChunk, listChunk))

const containerPage = Effect.fnUntraced(function* (
  client: BlobClient,
  settings: AzureBlobSettings,
  options: ListOptions
) {
  // A signature of one container may not list the account.
  if (settings.container !== undefined) {
    return { entries: [{ kind: "container" as const, path: [settings.container] }] } satisfies Page
  }
  const { containers, marker } = yield* client.repeated(
    listContainers(client, pageSize(settings, options), options.cursor)
  )
  return {
    entries: containers.map(({ name, ...facts }) => ({ kind: "container" as const, path: [name], ...facts })),
    ...(marker !== undefined && { cursor: marker })
  } satisfies Page
})

const isMarker = (blob: ListedBlob): boolean => blob.name.endsWith("/") && (blob.size ?? 0) === 0

/** Blobs and common prefixes as entries; a folder that is both a blob and a prefix is one. */
const pageOf = (settings: AzureBlobSettings, container: string, listing: Listing, recursive: boolean): Page => {
  const unaddressable: Array<string> = []
  const entries: Array<Entry> = []
  const prefixes = new Set(listing.prefixes.map((prefix) => prefix.replace(/\/$/, "")))
  const add = (stored: string, segments: Path | undefined, entryOf: (path: Path) => Entry) => {
    if (segments === undefined) unaddressable.push(stored)
    else entries.push(entryOf([container, ...segments]))
  }
  for (const blob of listing.blobs) {
    if (isMarker(blob)) continue
    if (!isFolder(blob)) add(blob.name, segmentsOf(settings, blob.name), (path) => infoOf(path, blob))
    else if (!recursive) prefixes.add(blob.name)
  }
  for (const name of prefixes) add(name, segmentsOf(settings, name), (path) => ({ kind: "directory", path }))
  return {
    entries,
    ...(listing.marker !== undefined && { cursor: listing.marker }),
    ...(unaddressable.length > 0 && { unaddressable })
  }
}

export const listPage = (client: BlobClient): ObjectStore["listPage"] =>
  Effect.fnUntraced(function* (directory, options = {}) {
    const { recursive = false, cursor } = options
    if (directory.length === 0 && recursive) {
      return yield* StorageError.of("unsupported", "a recursive listing starts in a container")
    }
    const settings = yield* client.settings
    if (directory.length === 0) return yield* containerPage(client, settings, options)
    const { container, prefix } = yield* prefixOf(settings, directory)
    const request = {
      prefix,
      maxResults: pageSize(settings, options),
      delimiter: recursive ? undefined : "/",
      marker: cursor
    }
    const listing = yield* client.repeated(listBlobs(client, container, request))
    if (listing.marker !== undefined && listing.marker === cursor) {
      return yield* StorageError.of("integrity_error", "the provider repeats a page of the listing")
    }
    return pageOf(settings, container, listing, recursive)
  })
