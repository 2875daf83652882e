/**
 * Listings, one page per call. They are as good as `stat`: the service tells times, checksums and metadata with each
 * name.
 *
 * A name of no bytes that ends in `/` is the marker of a directory: it makes the directory visible in the listing around
 * it and is not listed again as an object without a name. One that has bytes is an object and listed as one.
 */
import { StorageError, type Entry, type ListOptions, type ObjectStore, type Page, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { StorageClient } from "./api/StorageClient.ts"
import type { GoogleCloudStorageSettings } from "./GoogleCloudStorageSettings.ts"
import { objectInfoOf, storedSize } from "./info.ts"
import { prefixOf, segmentsOf } from "./keys.ts"
import { listBuckets, listObjects } from "./StorageApi.ts"
import { parseTime } from "./times.ts"
import type { ObjectList, ObjectResource } from "./wire.ts"

/** The most entries of a page: https://cloud.google.com/storage/docs/json_api/v1/objects/list */
export const maxPage = 1000

const pageSize = ({ limit = maxPage }: ListOptions): number => Math.max(1, Math.min(limit, maxPage))

const bucketPage = Effect.fnUntraced(function* (client: StorageClient, options: ListOptions) {
  const query = { maxResults: pageSize(options), pageToken: options.cursor }
  const { items, nextPageToken } = yield* client.repeated(listBuckets(client, query))
  return {
    entries: (items ?? []).map(({ name, timeCreated }) => {
      const modified = parseTime(timeCreated)
      return { kind: "container" as const, path: [name], ...(modified !== undefined && { modified }) }
    }),
    ...(nextPageToken && { cursor: nextPageToken })
  } satisfies Page
})

const isMarker = (resource: ObjectResource): boolean => resource.name.endsWith("/") && storedSize(resource) === 0

const byBytes = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right))

/** Objects and common prefixes as entries in the order of their bytes; the service sorts both, but apart. */
const pageOf = (settings: GoogleCloudStorageSettings, bucket: string, listing: typeof ObjectList.Type): Page => {
  const unaddressable: Array<string> = []
  const entries: Array<readonly [string, Entry]> = []
  const add = (stored: string, segments: Path | undefined, entryOf: (path: Path) => Entry) => {
    if (segments === undefined) unaddressable.push(stored)
    else entries.push([stored, entryOf([bucket, ...segments])])
  }
  for (const resource of listing.items ?? []) {
    if (isMarker(resource)) continue
    add(resource.name, segmentsOf(settings, resource.name), (path) => objectInfoOf(path, resource, settings))
  }
  for (const prefix of listing.prefixes ?? []) {
    add(prefix, segmentsOf(settings, prefix.replace(/\/$/, "")), (path) => ({ kind: "directory", path }))
  }
  return {
    entries: entries.toSorted(([left], [right]) => byBytes(left, right)).map(([, entry]) => entry),
    ...(listing.nextPageToken && { cursor: listing.nextPageToken }),
    ...(unaddressable.length > 0 && { unaddressable })
  }
}

/** Of the root the buckets of the project; a recursive listing starts in one. */
export const listPage = (client: StorageClient): ObjectStore["listPage"] =>
  Effect.fnUntraced(function* (directory, options = {}) {
    const { recursive = false, cursor } = options
    if (directory.length === 0 && recursive) {
      return yield* StorageError.of("unsupported", "a recursive listing starts in a bucket")
    }
    if (directory.length === 0) return yield* bucketPage(client, options)
    const settings = yield* client.settings
    const { bucket, prefix } = yield* prefixOf(settings, directory)
    const query = {
      prefix: prefix || undefined,
      delimiter: recursive ? undefined : "/",
      maxResults: pageSize(options),
      pageToken: cursor
    }
    const listing = yield* client.repeated(listObjects(client, bucket, query))
    if (listing.nextPageToken && listing.nextPageToken === cursor) {
      return yield* StorageError.of("integrity_error", "the provider repeats a page of the listing")
    }
    return pageOf(settings, bucket, listing)
  })
