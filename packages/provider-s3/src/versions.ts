/**
 * Versions of objects: what a bucket that keeps them holds, and which of them a path stands for.
 *
 * With `versions` old ones have names of their own in listings (`versionNames.ts`); with `version_at` every path stands
 * for the version that was current then.
 */
import { StorageError, type ObjectStore, type Path, type Version } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import { parseVersionName } from "@mooring/core/versionNames"
import * as Effect from "effect/Effect"
import type { S3Client } from "./api/S3Client.ts"
import { validatorOf } from "./headers.ts"
import { targetOf, type Target, type VersionTarget } from "./keys.ts"
import { formatMarker, parseMarker } from "./markers.ts"
import { deleteObject, listObjectVersions } from "./S3Api.ts"
import type { ListedVersion, VersionMarker } from "./wire.ts"

/** One page of the versions of exactly this key; keys that only start with it come behind and end the pages. */
const pageOf = Effect.fnUntraced(function* (client: S3Client, { bucket, key }: Target, after?: VersionMarker) {
  const { listChunk } = yield* client.settings
  const page = yield* client.repeated(
    listObjectVersions(client, bucket, { prefix: key, maxKeys: listChunk, ...(after !== undefined && { after }) })
  )
  if (after !== undefined && page.next?.key === after.key && page.next.id === after.id) {
    return yield* StorageError.of("integrity_error", "the provider repeats a page of the listing")
  }
  const versions = page.versions.filter((version) => version.key === key)
  const more = versions.length === page.versions.length && page.next?.key === key
  return { versions, next: more ? page.next : undefined }
})

/** The first version, from the newest on, that is as asked; undefined if none is. */
const find = Effect.fnUntraced(function* (client: S3Client, target: Target, fits: (version: ListedVersion) => boolean) {
  let after: VersionMarker | undefined
  do {
    const { versions, next } = yield* pageOf(client, target, after)
    const found = versions.find(fits)
    if (found !== undefined) return found
    after = next
  } while (after !== undefined)
  return undefined
})

const nothing = StorageError.of("not_found", "there is nothing at this path")

/** The version of a key that was current at a time, in milliseconds since 1970. */
const versionAt = Effect.fnUntraced(function* (client: S3Client, target: Target, time: number) {
  const found = yield* find(client, target, ({ modified }) => (modified ?? Infinity) <= time)
  return found === undefined || found.deleted ? yield* nothing : ({ ...target, versionId: found.id } as VersionTarget)
})

/** The old version that a name stands for; undefined if it is the name of an object and of no version. */
const oldVersion = Effect.fnUntraced(function* (client: S3Client, path: Path) {
  const named = parseVersionName(path.at(-1) ?? "")
  if (named === undefined || path.length < 2) return undefined
  const target = yield* targetOf(yield* client.settings, [...path.slice(0, -1), named.name])
  const found = yield* find(client, target, ({ modified }) => Math.floor(modified ?? Number.NaN) === named.time)
  return found === undefined ? undefined : ({ ...target, versionId: found.id } as VersionTarget)
})

/** What a path stands for under the options of this backend. Costs a listing only where they speak of versions. */
export const resolve = Effect.fnUntraced(function* (client: S3Client, path: Path) {
  const settings = yield* client.settings
  const target: VersionTarget = yield* targetOf(settings, path)
  if (settings.versionAt !== undefined) return yield* versionAt(client, target, settings.versionAt)
  if (settings.oldVersions === "hidden") return target
  return (yield* oldVersion(client, path)) ?? target
})

/** ListObjectVersions of one key. */
export const versions = (client: S3Client): NonNullable<ObjectStore["versions"]> =>
  Effect.fnUntraced(function* (path, { cursor } = {}) {
    const target = yield* targetOf(yield* client.settings, path)
    const page = yield* pageOf(client, target, cursor === undefined ? undefined : yield* parseMarker(cursor))
    return {
      versions: page.versions.map(({ id, current, deleted, key: _, etag, ...facts }): Version => {
        const validator = validatorOf(etag)
        const info = { kind: "object", path, ...facts, ...(validator !== undefined && { validator }) } as const
        return { id, current, deleted, info }
      }),
      ...(page.next !== undefined && { cursor: formatMarker(page.next) })
    }
  })

/** DeleteObject with the id of a version, or of a marker of deletion. */
export const removeVersion = (client: S3Client): NonNullable<ObjectStore["removeVersion"]> =>
  Effect.fnUntraced(function* (path, version) {
    const target = yield* targetOf(yield* client.settings, path)
    yield* client.repeated(deleteObject(client, target, version))
  }, orGone)
