/**
 * The segments of large objects: which an object has, and removing them with it.
 */
import type { StorageError } from "@mooring/core"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import { decodeText } from "./api/address.ts"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { isStatic, manifestOf } from "./headers.ts"
import type { Target } from "./keys.ts"
import { removeTargets } from "./removeTargets.ts"
import { isSegment, type SegmentFolder } from "./segmentFolders.ts"
import { getStaticManifest, headContainer, listObjects } from "./SwiftApi.ts"
import { targetIn, type ManifestSegment } from "./wire.ts"

/** All objects that begin with this, page by page. */
const startingWith = Effect.fnUntraced(function* (client: SwiftClient, { container, key: prefix }: Target) {
  const limit = 1000
  const found: Array<ManifestSegment> = []
  let marker: string | undefined
  do {
    const page = yield* client.repeated(listObjects(client, container, { prefix, limit, marker }))
    for (const listed of page) {
      if (listed.kind === "prefix") continue
      found.push({ container, key: listed.name, size: listed.size, md5: listed.etag ?? "" })
    }
    marker = page.at(-1)?.name
  } while (marker !== undefined)
  return found
})

/** What is in a folder, in the order of its names. */
export const listFolder = (client: SwiftClient, { container, prefix }: SegmentFolder) =>
  startingWith(client, { container, key: `${prefix}/` })

/** The segments of the large object that was seen in these headers, in their order; none for any other object. */
export const segmentsIn = Effect.fnUntraced(function* (
  client: SwiftClient,
  target: Target,
  headers: Headers
): Effect.fn.Return<ReadonlyArray<ManifestSegment>, StorageError> {
  if (isStatic(headers)) return yield* client.repeated(getStaticManifest(client, target))
  const manifest = manifestOf(headers)
  const place = manifest === undefined ? undefined : targetIn(decodeText(manifest))
  return place === undefined ? [] : yield* startingWith(client, place)
})

/**
 * The segments that go when the object goes: those that lie where segments are put. None where the container keeps old
 * versions, since these still need them; nor do any go with a version, since versions may share them.
 */
export const ownedSegments = Effect.fnUntraced(function* (client: SwiftClient, target: Target, headers: Headers) {
  const owned = (yield* segmentsIn(client, target, headers)).filter(isSegment)
  if (owned.length === 0) return owned
  const container = yield* client.repeated(headContainer(client, target.container))
  const keepsVersions =
    container["x-history-location"] !== undefined ||
    container["x-versions-location"] !== undefined ||
    container["x-versions-enabled"]?.toLowerCase() === "true"
  return keepsVersions ? [] : owned
})

/** Removes segments of an object that is gone. What cannot be removed stays: the object was replaced all the same. */
export const discard = (client: SwiftClient, segments: ReadonlyArray<Target>): Effect.Effect<void> =>
  Effect.ignore(removeTargets(client, segments))
