/**
 * What is at a path: a bucket, an object, or a directory, which is a prefix with something behind it.
 */
import { StorageError, type ObjectStore, type Page, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import { headBucket, headObject, listObjects } from "./S3Api.ts"
import type { S3Client } from "./api/S3Client.ts"
import { objectInfoOf } from "./headers.ts"
import { bucketOf, maxKey, prefixOf, type VersionTarget } from "./keys.ts"
import { listPage } from "./list.ts"
import { resolve } from "./versions.ts"

const isNotFound = ({ reason }: StorageError): boolean => reason._tag === "not_found"

/**
 * The object at a path and the headers it was seen in; `not_found` if there is none. `known` is what the path stands
 * for, where that is known already.
 */
export const headOf = Effect.fnUntraced(function* (
  client: S3Client,
  path: Path,
  ifMatch?: string,
  known?: VersionTarget
) {
  const target = known ?? (yield* resolve(client, path))
  const headers = yield* client.repeated(
    headObject(client, target, ifMatch === undefined ? {} : { "if-match": ifMatch })
  )
  return { target, headers, info: objectInfoOf(path, headers, yield* client.settings) }
})

/** The directory at a path as it was at `version_at`: what is below it may all be younger, or deleted by then. */
const directoryThen = Effect.fnUntraced(function* (client: S3Client, path: Path) {
  let cursor: string | undefined
  do {
    const page: Page = yield* listPage(client)(path, { recursive: true, ...(cursor !== undefined && { cursor }) })
    if (page.entries.length > 0) return { kind: "directory" as const, path }
    cursor = page.cursor
  } while (cursor !== undefined)
  return yield* StorageError.of("not_found", "there is nothing at this path")
})

const directoryAt = Effect.fnUntraced(function* (client: S3Client, path: Path) {
  const { bucket, prefix } = yield* prefixOf(yield* client.settings, path)
  if (Buffer.byteLength(prefix) > maxKey) return yield* StorageError.of("not_found", "there is nothing at this path")
  const settings = yield* client.settings
  if (settings.versionAt !== undefined) return yield* directoryThen(client, path)
  const page = yield* client.repeated(listObjects(client, bucket, { prefix, maxKeys: 1 }))
  if (page.objects.length > 0 || page.prefixes.length > 0) return { kind: "directory" as const, path }
  return yield* StorageError.of("not_found", "there is nothing at this path")
})

/** An object `a` hides the directory of the objects `a/b` beside it; listings show both. */
export const stat = (client: S3Client): ObjectStore["stat"] =>
  Effect.fnUntraced(function* (path) {
    if (path.length === 0) return { kind: "directory" as const, path }
    if (path.length === 1) {
      yield* client.repeated(headBucket(client, yield* bucketOf(path)))
      return { kind: "container" as const, path }
    }
    // The key of no bytes cannot be asked for, but keys that begin with a slash are below it.
    if (path.length === 2 && path[1] === "") return yield* directoryAt(client, path)
    const object = Effect.map(headOf(client, path), ({ info }) => info)
    return yield* Effect.catchIf(object, isNotFound, () => directoryAt(client, path))
  })
