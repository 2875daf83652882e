/**
 * Listings, one page per call. They are as good as `stat`: B2 tells times, checksums and metadata with each name.
 *
 * A key that is for names with a prefix may list below that prefix only. Above it there is one way down, which is shown
 * without asking.
 */
import { StorageError, type Entry, type ListOptions, type ObjectStore, type Page, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Authorization } from "./api/authorize.ts"
import type { B2Client } from "./api/B2Client.ts"
import { requirePrefix } from "./api/capabilities.ts"
import { listBuckets, listFileNames } from "./B2Api.ts"
import type { B2Settings } from "./B2Settings.ts"
import { bucketIdOf, inBucket } from "./bucketIds.ts"
import { factsOfVersion, objectInfoOf } from "./info.ts"
import { prefixOf, segmentsOf } from "./keys.ts"
import { versionPage } from "./listVersions.ts"
import type { FileVersion } from "./wire.ts"

/** The most names for which a call is counted once: https://www.backblaze.com/apidocs/b2-list-file-names */
export const maxPage = 1000

/** What a listing shows: versions as if they were all there is, each with the name it has there. */
export interface Shown {
  readonly files: ReadonlyArray<FileVersion & { readonly rename?: (name: string) => string }>
  readonly cursor?: string
}

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

/** All buckets come in one answer; a page is a window on them, after the name that is the cursor. */
const bucketPage = Effect.fnUntraced(function* (client: B2Client, { cursor = "", limit = maxPage }: ListOptions) {
  const { buckets } = yield* client.authorized
  const names =
    buckets === undefined
      ? (yield* client.repeated(listBuckets(client))).map(({ bucketName }) => bucketName)
      : buckets.flatMap(({ name }) => name ?? [])
  const rest = names.filter((name) => name > cursor).toSorted(compare)
  const taken = rest.slice(0, limit)
  const last = rest.length > taken.length ? taken.at(-1) : undefined
  return {
    entries: taken.map((name) => ({ kind: "container" as const, path: [name] })),
    ...(last !== undefined && { cursor: last })
  } satisfies Page
})

const pageOf = (settings: B2Settings, bucket: string, { files, cursor }: Shown): Page => {
  const unaddressable: Array<string> = []
  const entries: Array<Entry> = []
  for (const { rename, ...file } of files) {
    const isFolder = file.action === "folder"
    const segments = segmentsOf(settings, isFolder ? file.fileName.replace(/\/$/, "") : file.fileName)
    if (segments === undefined) {
      unaddressable.push(file.fileName)
      continue
    }
    const path = [bucket, ...segments]
    const shown = rename === undefined ? path : [...path.slice(0, -1), rename(path.at(-1) as string)]
    entries.push(isFolder ? { kind: "directory", path } : objectInfoOf(shown, factsOfVersion(file)))
  }
  return {
    entries,
    ...(cursor !== undefined && { cursor }),
    ...(unaddressable.length > 0 && { unaddressable })
  }
}

/** What is asked for instead of a prefix that the key may not list: more of it, or nothing where there is one way only. */
const narrowed = Effect.fnUntraced(function* (authorization: Authorization, prefix: string, recursive: boolean) {
  const { namePrefix } = authorization
  if (prefix.startsWith(namePrefix)) return { prefix }
  if (!namePrefix.startsWith(prefix)) yield* requirePrefix(authorization, prefix)
  const slash = namePrefix.indexOf("/", prefix.length)
  return recursive || slash < 0 ? { prefix: namePrefix } : { only: namePrefix.slice(0, slash + 1) }
})

/** One page below a prefix. */
const filePage = Effect.fnUntraced(function* (
  client: B2Client,
  bucket: string,
  prefix: string,
  { recursive, cursor, limit = maxPage }: ListOptions
) {
  const settings = yield* client.settings
  const request = {
    prefix,
    maxFileCount: Math.max(1, Math.min(limit, maxPage)),
    ...(recursive !== true && { delimiter: "/" })
  }
  return yield* inBucket(client, bucket, (bucketId) => {
    if (settings.oldVersions || settings.versionAt !== undefined) {
      return versionPage(client, bucketId, request, cursor)
    }
    const asked = { ...request, ...(cursor !== undefined && { startFileName: cursor }) }
    return Effect.map(client.repeated(listFileNames(client, bucketId, asked)), ({ files, nextFileName }): Shown => ({
      files,
      ...(nextFileName != null && { cursor: nextFileName })
    }))
  })
})

/** b2_list_file_names, or b2_list_file_versions where the options speak of versions. */
export const listPage = (client: B2Client): ObjectStore["listPage"] =>
  Effect.fnUntraced(function* (directory: Path, options: ListOptions = {}) {
    if (directory.length === 0 && options.recursive === true) {
      return yield* StorageError.of("unsupported", "a recursive listing starts in a bucket")
    }
    if (directory.length === 0) return yield* bucketPage(client, options)
    const settings = yield* client.settings
    const { bucket, prefix } = yield* prefixOf(settings, directory)
    const authorization = yield* client.authorized
    const { only, prefix: asked = "" } = yield* narrowed(authorization, prefix, options.recursive === true)
    if (only !== undefined) yield* bucketIdOf(client, bucket)
    const page: Shown =
      only === undefined
        ? yield* filePage(client, bucket, asked, options)
        : { files: [{ action: "folder", fileName: only }] }
    if (page.cursor !== undefined && page.cursor === options.cursor) {
      return yield* StorageError.of("integrity_error", "the provider repeats a page of the listing")
    }
    return pageOf(settings, bucket, page)
  })
