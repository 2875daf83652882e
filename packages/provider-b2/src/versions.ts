/**
 * Versions of objects, which B2 keeps always: what there are, and which of them a path stands for.
 *
 * With the option `versions` old ones have names of their own in listings (`versionNames.ts`); with `version_at` every
 * path stands for the version that was current then.
 */
import { StorageError, type ObjectStore, type Path, type Version } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import { parseVersionName } from "@mooring/core/versionNames"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { B2Client } from "./api/B2Client.ts"
import { deleteFileVersion, listFileVersions } from "./B2Api.ts"
import { inBucket } from "./bucketIds.ts"
import { factsOfVersion, objectInfoOf } from "./info.ts"
import { targetOf, type FileTarget } from "./keys.ts"
import type { FileVersion } from "./wire.ts"

const pageSize = 1000

/** One page of the versions of exactly this name, from this id on; names that only begin with it end the pages. */
const pageOf = Effect.fnUntraced(function* (client: B2Client, { bucket, key }: FileTarget, startFileId?: string) {
  const request = { prefix: key, maxFileCount: pageSize, startFileName: key, startFileId }
  const { files, nextFileName, nextFileId } = yield* inBucket(client, bucket, (bucketId) =>
    client.repeated(listFileVersions(client, bucketId, request))
  )
  const versions = files.filter(({ fileName, action }) => fileName === key && action !== "start" && action !== "folder")
  return { versions, next: nextFileName === key ? (nextFileId ?? undefined) : undefined }
})

/** The first version, from the newest on, that is as asked; undefined if none is. */
const find = Effect.fnUntraced(function* (
  client: B2Client,
  target: FileTarget,
  fits: (version: FileVersion) => boolean
) {
  let after: string | undefined
  do {
    const { versions, next }: { versions: ReadonlyArray<FileVersion>; next: string | undefined } = yield* pageOf(
      client,
      target,
      after
    )
    const found = versions.find(fits)
    if (found !== undefined) return found
    after = next
  } while (after !== undefined)
  return undefined
})

const nothing = StorageError.of("not_found", "there is nothing at this path")

/** The version of a name that was current at a time, in milliseconds since 1970. */
const versionAt = Effect.fnUntraced(function* (client: B2Client, target: FileTarget, time: number) {
  const found = yield* find(client, target, ({ uploadTimestamp }) => (uploadTimestamp ?? Infinity) <= time)
  if (found === undefined || found.action === "hide") return yield* nothing
  return { ...target, fileId: found.fileId ?? undefined } satisfies FileTarget
})

/** The old version that a name stands for; undefined if it is the name of an object and of no version. */
const oldVersion = Effect.fnUntraced(function* (client: B2Client, path: Path) {
  const named = parseVersionName(path.at(-1) ?? "")
  if (named === undefined || path.length < 2) return undefined
  const target = yield* targetOf(yield* client.settings, [...path.slice(0, -1), named.name])
  const found = yield* find(
    client,
    target,
    ({ uploadTimestamp, action }) => uploadTimestamp === named.time && action !== "hide"
  )
  return found === undefined ? undefined : ({ ...target, fileId: found.fileId ?? undefined } satisfies FileTarget)
})

/** What a path stands for under the options of this backend. Costs a listing only where they speak of versions. */
export const resolve = Effect.fnUntraced(function* (client: B2Client, path: Path) {
  const settings = yield* client.settings
  const target: FileTarget = yield* targetOf(settings, path)
  if (settings.versionAt !== undefined) return yield* versionAt(client, target, settings.versionAt)
  if (!settings.oldVersions) return target
  return (yield* oldVersion(client, path)) ?? target
})

/** A cursor names the page by the version it begins with, and says that the current one is on a page before. */
const Cursor = Schema.fromJsonString(Schema.Struct({ id: Schema.String, current: Schema.Boolean }))
const foreign = StorageError.of("invalid_value", "this cursor is not from a listing of versions")

/** b2_list_file_versions of one name. */
export const versions = (client: B2Client): NonNullable<ObjectStore["versions"]> =>
  Effect.fnUntraced(function* (path, { cursor } = {}) {
    const target = yield* targetOf(yield* client.settings, path)
    const after =
      cursor === undefined
        ? undefined
        : yield* Effect.mapError(Schema.decodeUnknownEffect(Cursor)(cursor), () => foreign)
    const page = yield* pageOf(client, target, after?.id)
    const shown = page.versions.map((version, index): Version => ({
      id: version.fileId ?? "",
      current: index === 0 && after?.current !== true,
      deleted: version.action === "hide",
      info: objectInfoOf(path, factsOfVersion(version))
    }))
    const current = after?.current === true || shown.length > 0
    return {
      versions: shown,
      ...(page.next !== undefined && { cursor: Schema.encodeSync(Cursor)({ id: page.next, current }) })
    }
  })

/** b2_delete_file_version. */
export const removeVersion = (client: B2Client): NonNullable<ObjectStore["removeVersion"]> =>
  Effect.fnUntraced(function* (path, version) {
    const { key } = yield* targetOf(yield* client.settings, path)
    yield* client.repeated(deleteFileVersion(client, key, version))
  }, orGone)

/** Removes every version of a name, the newest last, so that no old one is seen meanwhile. */
export const removeAll = Effect.fnUntraced(function* (client: B2Client, target: FileTarget) {
  const found: Array<string> = []
  let after: string | undefined
  do {
    const { versions: page, next }: { versions: ReadonlyArray<FileVersion>; next: string | undefined } = yield* pageOf(
      client,
      target,
      after
    )
    found.push(...page.flatMap(({ fileId }) => fileId ?? []))
    after = next
  } while (after !== undefined)
  for (const fileId of found.toReversed()) {
    yield* orGone(Effect.asVoid(client.repeated(deleteFileVersion(client, target.key, fileId))))
  }
})
