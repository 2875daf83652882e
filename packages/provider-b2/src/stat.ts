/**
 * What is at a path: a bucket, an object, or a directory, which is a prefix with something behind it.
 */
import { StorageError, type ObjectInfo, type ObjectStore, type Page, type Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { B2Client } from "./api/B2Client.ts"
import { requirePrefix } from "./api/capabilities.ts"
import { headFile } from "./B2Api.ts"
import { askForId, bucketIdOf } from "./bucketIds.ts"
import { factsOfHeaders, factsOfVersion, nameOfHeaders, objectInfoOf } from "./info.ts"
import { bucketOf, maxKey, prefixOf, type FileTarget } from "./keys.ts"
import { listPage } from "./list.ts"
import { resolve } from "./versions.ts"
import type { FileVersion } from "./wire.ts"

const isNotFound = ({ reason }: StorageError): boolean => reason._tag === "not_found"
const nothing = StorageError.of("not_found", "there is nothing at this path")
const changed = StorageError.of("precondition_failed", "the object is not as the condition says")

/** An id is not of the object that the path names, or is none at all. */
export const requireNamed = (target: FileTarget, name: string) =>
  target.fileId === undefined || name === target.key ? Effect.void : Effect.fail(nothing)

/** What the service says of an id that is none is said of a version that is not there. */
export const orNoVersion = (target: FileTarget) => (error: StorageError) =>
  target.fileId !== undefined && error.reason.status === 400 ? nothing : error

/** Fails with `precondition_failed` if the object has not this validator. */
export const requireState = (validator: string | undefined, ifMatch: string | undefined) =>
  ifMatch === undefined || validator === ifMatch ? Effect.void : Effect.fail(changed)

/**
 * The object at a path and what is known of it; `not_found` if there is none. `known` is what the path stands for,
 * where that is known already.
 */
export const headOf = Effect.fnUntraced(function* (client: B2Client, path: Path, ifMatch?: string, known?: FileTarget) {
  const target = known ?? (yield* resolve(client, path))
  yield* requirePrefix(yield* client.authorized, target.key)
  const headers = yield* Effect.mapError(client.repeated(headFile(client, target)), orNoVersion(target))
  yield* requireNamed(target, nameOfHeaders(headers))
  const facts = factsOfHeaders(headers)
  const info = objectInfoOf(path, facts)
  yield* requireState(info.validator, ifMatch)
  return { target, facts, info }
})

/** The object that a call made. Its answer says all of it; where it does not, the object is looked at. */
export const storedAt = (client: B2Client, path: Path, version: FileVersion): Effect.Effect<ObjectInfo, StorageError> =>
  version.fileId == null || version.fileInfo == null
    ? Effect.map(headOf(client, path), ({ info }) => info)
    : Effect.succeed(objectInfoOf(path, factsOfVersion(version)))

const directoryAt = Effect.fnUntraced(function* (client: B2Client, path: Path) {
  const settings = yield* client.settings
  const { prefix } = yield* prefixOf(settings, path)
  if (Buffer.byteLength(prefix) > maxKey) return yield* nothing
  // What is below it may all be younger than version_at, or hidden by then.
  const through = settings.versionAt === undefined ? { limit: 1 } : {}
  let cursor: string | undefined
  do {
    const options = { recursive: true, ...through, ...(cursor !== undefined && { cursor }) }
    const page: Page = yield* listPage(client)(path, options)
    if (page.entries.length > 0 || page.unaddressable !== undefined) return { kind: "directory" as const, path }
    cursor = page.cursor
  } while (cursor !== undefined)
  return yield* nothing
})

/** An object `a` hides the directory of the objects `a/b` beside it; listings show both. */
export const stat = (client: B2Client): ObjectStore["stat"] =>
  Effect.fnUntraced(function* (path) {
    if (path.length === 0) return { kind: "directory" as const, path }
    if (path.length === 1) {
      const bucket = yield* bucketOf(path)
      const { buckets } = yield* client.authorized
      yield* buckets === undefined ? askForId(client, bucket) : bucketIdOf(client, bucket)
      return { kind: "container" as const, path }
    }
    const { namePrefix } = yield* client.authorized
    const { prefix } = yield* prefixOf(yield* client.settings, path)
    // A directory above the prefix of the key: there can be an object of its name, which the key may not see.
    if (namePrefix.startsWith(prefix)) {
      yield* bucketIdOf(client, yield* bucketOf(path))
      return { kind: "directory" as const, path }
    }
    const object = Effect.map(headOf(client, path), ({ info }) => info)
    return yield* Effect.catchIf(object, isNotFound, () => directoryAt(client, path))
  })
