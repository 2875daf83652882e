/**
 * Listings, one page per call.
 *
 * A key of no bytes that ends in `/` is the marker of a directory: it makes the directory visible in the listing around
 * it and is not listed again as an object without a name. One that has bytes is an object and listed as one, since
 * hiding it would lose it. Either is read, written and removed under its exact path, whose last segment is empty.
 *
 * `modified` is when the object was uploaded, since the stored time costs a request per object, and there are no
 * checksums, since a listing does not say whether an ETag is an MD5 (with keys of KMS it is not): `stat` has both.
 */
import { StorageError, type Entry, type ListOptions, type ObjectStore, type Page, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import { listBuckets, listDirectoryBuckets, listObjects } from "./S3Api.ts"
import type { S3Client } from "./api/S3Client.ts"
import { byBytes } from "./byBytes.ts"
import { validatorOf } from "./headers.ts"
import { prefixOf, segmentsOf, zoneOf } from "./keys.ts"
import { versionPage, type Shown } from "./listVersions.ts"
import type { DirectoryBuckets, S3Settings } from "./S3Settings.ts"
import type { ListedObject } from "./wire.ts"

/** The most keys that a page of S3 holds. */
export const maxPage = 1000

const containerEntry = (name: string, created: number | undefined) => ({
  kind: "container" as const,
  path: [name],
  ...(created !== undefined && { modified: created })
})

/** All buckets come in one answer; a page is a window on them, after the name that is the cursor. */
const bucketPage = Effect.fnUntraced(function* (client: S3Client, { cursor, limit = maxPage }: ListOptions) {
  const buckets = (yield* client.repeated(listBuckets(client))).toSorted((left, right) =>
    byBytes(left.name, right.name)
  )
  const rest = cursor === undefined ? buckets : buckets.filter(({ name }) => byBytes(name, cursor) > 0)
  const taken = rest.slice(0, limit)
  const last = rest.length > taken.length ? taken.at(-1)?.name : undefined
  return {
    entries: taken.map(({ name, created }) => containerEntry(name, created)),
    ...(last !== undefined && { cursor: last })
  } satisfies Page
})

/** A page of the directory buckets that the endpoint reaches. A page may be empty although the listing goes on. */
const directoryBucketPage = Effect.fnUntraced(function* (
  client: S3Client,
  { zone }: DirectoryBuckets,
  { cursor, limit = maxPage }: ListOptions
) {
  const page = { token: cursor, limit: Math.max(1, Math.min(limit, maxPage)) }
  const { buckets, next } = yield* client.repeated(listDirectoryBuckets(client, page))
  return {
    entries: buckets
      .filter(({ name }) => zone === undefined || zoneOf(name) === zone)
      .map(({ name, created }) => containerEntry(name, created)),
    ...(next !== undefined && { cursor: next })
  } satisfies Page
})

const isMarker = ({ key, size }: ListedObject): boolean => key.endsWith("/") && (size ?? 0) === 0

/** Keys and common prefixes as entries in the order of their bytes; S3 sorts both, but apart. */
const pageOf = (settings: S3Settings, bucket: string, listing: Shown): Page => {
  const unaddressable: Array<string> = []
  const entries: Array<readonly [string, Entry]> = []
  const add = (stored: string, segments: Path | undefined, entryOf: (path: Path) => Entry) => {
    if (segments === undefined) unaddressable.push(stored)
    else entries.push([stored, entryOf([bucket, ...segments])])
  }
  for (const object of listing.objects) {
    if (isMarker(object)) continue
    const { key, etag, rename, tier, ...facts } = object
    const validator = validatorOf(etag)
    add(key, segmentsOf(settings, key), (path) => ({
      kind: "object",
      path: rename === undefined ? path : [...path.slice(0, -1), rename(path.at(-1) ?? "")],
      ...facts,
      ...(tier !== undefined && settings.systemMetadata && { tier }),
      ...(validator !== undefined && { validator })
    }))
  }
  for (const prefix of listing.prefixes) {
    const name = prefix.endsWith("/") ? prefix.slice(0, -1) : prefix
    add(prefix, segmentsOf(settings, name), (path) => ({ kind: "directory", path }))
  }
  return {
    entries: entries.toSorted(([left], [right]) => byBytes(left, right)).map(([, entry]) => entry),
    ...(listing.token !== undefined && { cursor: listing.token }),
    ...(unaddressable.length > 0 && { unaddressable })
  }
}

/** Of the root the buckets; a recursive listing starts in one. */
export const listPage = (client: S3Client): ObjectStore["listPage"] =>
  Effect.fnUntraced(function* (directory, options = {}) {
    if (directory.length === 0 && options.recursive === true) {
      return yield* StorageError.of("unsupported", "a recursive listing starts in a bucket")
    }
    const settings = yield* client.settings
    if (directory.length === 0) {
      const { directoryBuckets } = settings
      return yield* directoryBuckets === undefined
        ? bucketPage(client, options)
        : directoryBucketPage(client, directoryBuckets, options)
    }
    const { bucket, prefix } = yield* prefixOf(settings, directory)
    const maxKeys = Math.max(1, Math.min(options.limit ?? settings.listChunk, settings.listChunk, maxPage))
    const delimiter = options.recursive === true ? undefined : "/"
    const { cursor } = options
    const listing: Shown =
      settings.oldVersions === "hidden" && settings.versionAt === undefined
        ? yield* client.repeated(listObjects(client, bucket, { prefix, maxKeys, delimiter, token: cursor }))
        : yield* versionPage(client, bucket, prefix, { maxKeys, delimiter, cursor })
    if (listing.token !== undefined && listing.token === options.cursor) {
      return yield* StorageError.of("integrity_error", "the provider repeats a page of the listing")
    }
    return pageOf(settings, bucket, listing)
  })
