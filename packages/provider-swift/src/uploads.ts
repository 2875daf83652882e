/**
 * Uploads that were begun and never ended: the folders of segments that still have their marker. Those of other clients
 * have none, and nothing tells them from the segments of objects that are there.
 */
import type { ObjectStore, PendingUpload } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { containerOf, segmentsOf } from "./keys.ts"
import { goesOn, maxPage } from "./list.ts"
import { tokenOf } from "./openUploads.ts"
import { markedFolder, segmentsPlace } from "./segmentFolders.ts"
import { listObjects } from "./SwiftApi.ts"
import type { SwiftSettings } from "./SwiftSettings.ts"
import type { Listed } from "./wire.ts"

/** The upload of a marker; undefined of any other object, and where no path reaches the name. */
const uploadOf = (
  settings: SwiftSettings,
  container: string,
  place: string,
  listed: Listed
): PendingUpload | undefined => {
  if (listed.kind === "prefix" || listed.size > 0) return undefined
  const marked = markedFolder({ container: place, key: listed.name })
  const [base] = segmentsOf(settings, container) ?? []
  const segments = marked && segmentsOf(settings, marked.name)
  if (marked === undefined || base === undefined || segments === undefined) return undefined
  const path = [base, ...segments]
  const { modified } = listed
  return { path, id: tokenOf(path, marked.folder), ...(modified !== undefined && { started: modified }) }
}

/** One page of the place where the options put segments, so that it may have no uploads and not be the last. */
export const listUploads = (client: SwiftClient): NonNullable<ObjectStore["listUploads"]> =>
  Effect.fnUntraced(function* (path, { cursor } = {}) {
    const settings = yield* client.settings
    const container = yield* containerOf(settings, path)
    const place = yield* segmentsPlace(client, container)
    const request = { prefix: place.prefix, limit: maxPage, marker: cursor }
    const page = yield* Effect.catchIf(
      client.repeated(listObjects(client, place.container, request)),
      ({ reason }) => reason._tag === "not_found" && place.container !== container,
      () => Effect.succeed<ReadonlyArray<Listed>>([])
    )
    const last = page.at(-1)?.name
    return {
      uploads: page.flatMap((listed) => uploadOf(settings, container, place.container, listed) ?? []),
      ...(last !== undefined && goesOn(settings, page.length, maxPage) && { cursor: last })
    }
  })
