/**
 * What is at a path: a bucket, an object, or a directory, which is a prefix with something behind it.
 */
import { StorageError, type ObjectStore, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { StorageClient } from "./api/StorageClient.ts"
import { generationNamed } from "./conditions.ts"
import { generationOf, objectInfoOf } from "./info.ts"
import { bucketOf, maxKey, prefixOf, targetOf } from "./keys.ts"
import { getBucket, getObject, listObjects } from "./StorageApi.ts"
import type { ObjectList } from "./wire.ts"

const nothing = StorageError.of("not_found", "there is nothing at this path")
const changed = StorageError.of("precondition_failed", "the object is not as the condition says")

const isOf = (code: StorageError["reason"]["_tag"]) => (error: StorageError) => error.reason._tag === code

/**
 * The object at a path, its resource and where it is, with the generation that was seen; `not_found` if there is none.
 */
export const headOf = Effect.fnUntraced(function* (client: StorageClient, path: Path, ifMatch?: string) {
  const settings = yield* client.settings
  const target = yield* targetOf(settings, path)
  const expected = ifMatch === undefined ? undefined : yield* generationNamed(ifMatch)
  const resource = yield* client.repeated(getObject(client, target))
  const generation = generationOf(resource)
  if (expected !== undefined && generation !== expected) return yield* changed
  return { target: { ...target, generation }, resource, info: objectInfoOf(path, resource, settings) }
})

/** Whether anything has a name with this prefix. A page may be empty although there are more. */
export const isPrefix = Effect.fnUntraced(function* (
  client: StorageClient,
  bucket: string,
  prefix: string,
  counts: (name: string) => boolean = () => true
) {
  let pageToken: string | undefined
  do {
    const page: typeof ObjectList.Type = yield* client.repeated(
      listObjects(client, bucket, { prefix: prefix || undefined, maxResults: 2, pageToken })
    )
    if (page.items?.some(({ name }) => counts(name)) === true) return true
    pageToken = page.nextPageToken ?? undefined
  } while (pageToken !== undefined)
  return false
})

const directoryAt = Effect.fnUntraced(function* (client: StorageClient, path: Path) {
  const { bucket, prefix } = yield* prefixOf(yield* client.settings, path)
  const there = Buffer.byteLength(prefix) <= maxKey && (yield* isPrefix(client, bucket, prefix))
  return there ? { kind: "directory" as const, path } : yield* nothing
})

/** Roles for objects may list a bucket and not look at it, and others the other way round. */
const bucketAt = Effect.fnUntraced(function* (client: StorageClient, path: Path) {
  const bucket = yield* bucketOf(path)
  const listed = Effect.asVoid(client.repeated(listObjects(client, bucket, { maxResults: 1 })))
  yield* Effect.catchIf(listed, isOf("permission_denied"), (error) =>
    Effect.mapError(client.repeated(getBucket(client, bucket)), (second) =>
      isOf("permission_denied")(second) ? error : second
    )
  )
  return { kind: "container" as const, path }
})

/** An object `a` hides the directory of the objects `a/b` beside it; listings show both. */
export const stat = (client: StorageClient): ObjectStore["stat"] =>
  Effect.fnUntraced(function* (path) {
    if (path.length === 0) return { kind: "directory" as const, path }
    if (path.length === 1) return yield* bucketAt(client, path)
    // The name of no characters cannot be asked for, but names that begin with a slash are below it.
    if (path.length === 2 && path[1] === "") return yield* directoryAt(client, path)
    const object = Effect.map(headOf(client, path), ({ info }) => info)
    return yield* Effect.catchIf(object, isOf("not_found"), () => directoryAt(client, path))
  })
