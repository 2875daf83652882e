/**
 * Listings, one page per call.
 *
 * An object of no bytes whose name ends in `/`, or whose type is `application/directory`, is the marker of a directory:
 * it is shown as that and not as an object. `modified` is when an object was uploaded, since the stored time costs a
 * request per object. An object of no bytes may be a dynamic large object, and only a request of its own tells.
 */
import { StorageError, type Entry, type ListOptions, type ObjectStore, type Page, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { isLarge, objectInfoOf } from "./headers.ts"
import { isHidden, prefixOf, segmentsFolder, segmentsOf } from "./keys.ts"
import { isDirectoryMarker } from "./markers.ts"
import { headObject, listContainers, listObjects } from "./SwiftApi.ts"
import type { SwiftSettings } from "./SwiftSettings.ts"
import type { Listed } from "./wire.ts"

/** As many as rclone asks for; services permit up to 10,000. */
export const maxPage = 1000

/** Ceph lists a static large object with this MD5 and the size of its manifest. */
const md5OfNothing = "d41d8cd98f00b204e9800998ecf8427e"

/** How many empty objects are looked at at once. */
const looks = 16

/** Whether there may be more behind a page of so many, where so many were asked for. */
export const goesOn = (
  { untilEmptyPage, partialPage }: Pick<SwiftSettings, "untilEmptyPage" | "partialPage">,
  found: number,
  limit: number
): boolean => {
  if (found === 0) return false
  return untilEmptyPage || found >= limit || (partialPage > 0 && found * 100 >= limit * (100 - partialPage))
}

const limitOf = ({ limit = maxPage }: ListOptions): number => Math.max(1, Math.min(limit, maxPage))

/** A service that ignores the marker would give the same page for ever. */
const advancing = <A extends { readonly name: string }>(page: ReadonlyArray<A>, cursor: string | undefined) =>
  cursor !== undefined && page.some(({ name }) => name === cursor)
    ? Effect.fail(StorageError.of("integrity_error", "the provider repeats a page of the listing"))
    : Effect.succeed(page)

const containerPage = Effect.fnUntraced(function* (client: SwiftClient, options: ListOptions) {
  const settings = yield* client.settings
  const limit = limitOf(options)
  const listed = yield* client.repeated(listContainers(client, { limit, marker: options.cursor }))
  const page = yield* advancing(listed, options.cursor)
  const unaddressable: Array<string> = []
  const entries = page.flatMap(({ name, modified }): ReadonlyArray<Entry> => {
    const path = segmentsOf(settings, name)
    if (path !== undefined) return [{ kind: "container", path, ...(modified !== undefined && { modified }) }]
    unaddressable.push(name)
    return []
  })
  const last = page.at(-1)?.name
  return {
    entries,
    ...(last !== undefined && goesOn(settings, page.length, limit) && { cursor: last }),
    ...(unaddressable.length > 0 && { unaddressable })
  } satisfies Page
})

/** The listing itself shows a directory of this name: it does where objects are below it. */
const isShownAnyway = (client: SwiftClient, container: string, name: string) =>
  Effect.map(
    client.repeated(listObjects(client, container, { prefix: `${name}/`, limit: 1 })),
    (below) => below.length > 0
  )

/** What a listed thing is shown as; undefined is not at all. */
const entryOf = Effect.fnUntraced(function* (
  client: SwiftClient,
  container: string,
  path: Path,
  listed: Listed,
  recursive: boolean
): Effect.fn.Return<Entry | undefined, StorageError> {
  if (listed.kind === "prefix") return { kind: "directory", path }
  const { name, size, modified, etag, contentType } = listed
  if (size === 0 && name.endsWith("/")) return undefined
  if (isDirectoryMarker(size, contentType)) {
    if (recursive || (yield* isShownAnyway(client, container, name))) return undefined
    return { kind: "directory", path }
  }
  const object: Entry = {
    kind: "object",
    path,
    size,
    ...(modified !== undefined && { modified }),
    ...(etag !== undefined && { validator: etag })
  }
  const { largeObjects } = yield* client.settings
  if (!largeObjects || (size > 0 && etag !== md5OfNothing)) return object
  const head = yield* Effect.result(client.repeated(headObject(client, { container, key: name })))
  // Gone since, or not to be looked at, it is shown as it was listed.
  if (head._tag === "Failure") {
    const { _tag: code } = head.failure.reason
    return code === "not_found" || code === "permission_denied" ? object : yield* head.failure
  }
  const { size: whole, validator } = objectInfoOf(path, head.success)
  return isLarge(head.success) && whole !== undefined && validator !== undefined
    ? { ...object, size: whole, validator }
    : object
})

const objectPage = Effect.fnUntraced(function* (client: SwiftClient, directory: Path, options: ListOptions) {
  const settings = yield* client.settings
  const { container, prefix } = yield* prefixOf(settings, directory)
  const limit = limitOf(options)
  const recursive = options.recursive === true
  const request = { prefix, limit, marker: options.cursor, delimiter: recursive ? undefined : "/" }
  const page = yield* advancing(yield* client.repeated(listObjects(client, container, request)), options.cursor)
  const unaddressable: Array<string> = []
  const shown = page.filter(({ name }) => !isHidden(name) && name !== segmentsFolder + "/")
  const entries = yield* Effect.forEach(
    shown,
    (listed) => {
      const name = listed.kind === "prefix" && listed.name.endsWith("/") ? listed.name.slice(0, -1) : listed.name
      const segments = segmentsOf(settings, name)
      if (segments !== undefined)
        return entryOf(client, container, [directory[0] as string, ...segments], listed, recursive)
      unaddressable.push(listed.name)
      return Effect.undefined
    },
    { concurrency: looks }
  )
  const last = page.at(-1)?.name
  return {
    entries: entries.filter((entry) => entry !== undefined),
    ...(last !== undefined && goesOn(settings, page.length, limit) && { cursor: last }),
    ...(unaddressable.length > 0 && { unaddressable })
  } satisfies Page
})

export const listPage = (client: SwiftClient): ObjectStore["listPage"] =>
  Effect.fnUntraced(function* (directory, options = {}) {
    if (directory.length === 0 && options.recursive === true) {
      return yield* StorageError.of("unsupported", "a recursive listing starts in a container")
    }
    return yield* directory.length === 0 ? containerPage(client, options) : objectPage(client, directory, options)
  })
