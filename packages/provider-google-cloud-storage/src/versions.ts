/**
 * Versions of objects: their generations, where a bucket keeps those that were replaced or removed.
 *
 * The service keeps no mark of a removal, but the time of it with the generation that was removed: where no generation is
 * live, a mark with that time stands on top.
 */
import type { ObjectStore, Path, Version } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import type { StorageClient } from "./api/StorageClient.ts"
import type { GoogleCloudStorageSettings } from "./GoogleCloudStorageSettings.ts"
import { generationOf, objectInfoOf } from "./info.ts"
import { targetOf } from "./keys.ts"
import { deleteObject, listObjects } from "./StorageApi.ts"
import { parseTime } from "./times.ts"
import type { ObjectList, ObjectResource } from "./wire.ts"

/** The id of a mark that the service does not keep. */
const mark = "removed"

const versionOf =
  (path: Path, settings: GoogleCloudStorageSettings) =>
  (resource: ObjectResource): Version => ({
    id: generationOf(resource) ?? "",
    current: resource.timeDeleted == null,
    deleted: false,
    info: objectInfoOf(path, resource, settings)
  })

const markOf = (path: Path, removed: number | undefined): Version => ({
  id: mark,
  current: true,
  deleted: true,
  info: { kind: "object", path, ...(removed !== undefined && { modified: removed }) }
})

/** Objects: list, with generations. The oldest comes first, so that all are read before the newest is known. */
export const versions = (client: StorageClient): NonNullable<ObjectStore["versions"]> =>
  Effect.fnUntraced(function* (path) {
    const settings = yield* client.settings
    const { bucket, name } = yield* targetOf(settings, path)
    const found: Array<ObjectResource> = []
    let pageToken: string | undefined
    do {
      const query = { prefix: name, versions: true, pageToken }
      const page: typeof ObjectList.Type = yield* client.repeated(listObjects(client, bucket, query))
      const items = page.items ?? []
      found.push(...items.filter((item) => item.name === name))
      // Names that only begin with this one come behind it.
      const more = items.every((item) => item.name === name)
      pageToken = more ? (page.nextPageToken ?? undefined) : undefined
    } while (pageToken !== undefined)
    const newest = found
      .toSorted((left, right) => Number(BigInt(generationOf(right) ?? 0) - BigInt(generationOf(left) ?? 0)))
      .map(versionOf(path, settings))
    const live = newest.length === 0 || newest.some(({ current }) => current)
    const last = found.reduce((time, { timeDeleted }) => Math.max(time, parseTime(timeDeleted) ?? 0), 0)
    return { versions: live ? newest : [markOf(path, last === 0 ? undefined : last), ...newest] }
  })

/** Objects: delete, of one generation. A mark of removal is not kept, so that there is nothing to remove. */
export const removeVersion = (client: StorageClient): NonNullable<ObjectStore["removeVersion"]> =>
  Effect.fnUntraced(function* (path, version) {
    const target = yield* targetOf(yield* client.settings, path)
    if (/^\d{1,19}$/.test(version)) yield* client.repeated(deleteObject(client, { ...target, generation: version }))
  }, orGone)
