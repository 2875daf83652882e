/**
 * Listings that know of versions: with the old ones beside the current, or as everything was at one time.
 */
import { versionName } from "@mooring/core/versionNames"
import * as Effect from "effect/Effect"
import type { S3Client } from "./api/S3Client.ts"
import { formatMarker, parseMarker } from "./markers.ts"
import { listObjectVersions } from "./S3Api.ts"
import type { S3Settings } from "./S3Settings.ts"
import type { ListedObject, ListedVersion } from "./wire.ts"

/** What a listing shows: objects as if they had no versions, each with the name it has there. */
export interface Shown {
  readonly objects: ReadonlyArray<ListedObject & { readonly rename?: (name: string) => string }>
  readonly prefixes: ReadonlyArray<string>
  readonly token?: string
}

/** The current versions under their names, the old ones and wanted markers of deletion under names with their time. */
const withOld = (versions: ReadonlyArray<ListedVersion>, { oldVersions }: S3Settings): Shown["objects"] =>
  versions
    .filter(({ deleted }) => !deleted || oldVersions === "listed with markers")
    .map(({ id: _, current, deleted, ...object }) =>
      current && !deleted
        ? object
        : { ...object, size: object.size ?? 0, rename: (name: string) => versionName(name, object.modified ?? 0) }
    )

/** The newest version of each key that is not newer than the time, unless it says that the object was deleted. */
const asOf = (versions: ReadonlyArray<ListedVersion>, time: number, decided: string | undefined): Shown["objects"] => {
  const seen = new Set(decided === undefined ? [] : [decided])
  return versions.flatMap(({ id: _, current: __, deleted, ...object }) => {
    if (seen.has(object.key) || (object.modified ?? Infinity) > time) return []
    seen.add(object.key)
    return deleted ? [] : [object]
  })
}

/** Stands before the id of a marker whose key was decided on the page before. */
const settled = "="

/** Whether one of these versions settled what was at the key. */
const isSettled = (versions: ReadonlyArray<ListedVersion>, key: string, time: number): boolean =>
  versions.some((version) => version.key === key && (version.modified ?? Infinity) <= time)

/** One page below a prefix. */
export const versionPage = Effect.fnUntraced(function* (
  client: S3Client,
  bucket: string,
  prefix: string,
  options: { readonly maxKeys: number; readonly delimiter: string | undefined; readonly cursor: string | undefined }
) {
  const settings = yield* client.settings
  const marker = options.cursor === undefined ? undefined : yield* parseMarker(options.cursor)
  const decided = marker?.id.startsWith(settled) === true ? marker.key : undefined
  const after = marker && { key: marker.key, id: marker.id.replace(/^[=-]/, "") }
  const { maxKeys, delimiter } = options
  const page = yield* client.repeated(listObjectVersions(client, bucket, { prefix, maxKeys, delimiter, after }))
  const { versions, prefixes, next } = page
  const at = settings.versionAt
  const ends = at !== undefined && next !== undefined && (next.key === decided || isSettled(versions, next.key, at))
  return {
    objects: at === undefined ? withOld(versions, settings) : asOf(versions, at, decided),
    prefixes,
    ...(next !== undefined && { token: formatMarker({ key: next.key, id: `${ends ? settled : "-"}${next.id}` }) })
  } satisfies Shown
})
