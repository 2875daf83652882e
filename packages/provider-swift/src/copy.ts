/**
 * Copies at the service, and the modification time, which is metadata.
 */
import { Path, StorageError, type ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { isLarge, keptHeaders, modifiedHeader } from "./headers.ts"
import { newTargetOf, type Target } from "./keys.ts"
import { withFolder } from "./largeObjects.ts"
import { segmentsAt } from "./remove.ts"
import { segmentAt } from "./segmentFolders.ts"
import { discard, segmentsIn } from "./segments.ts"
import { headOf } from "./stat.ts"
import { copyObject, headObject, postObject } from "./SwiftApi.ts"
import { contentLengthOf } from "@mooring/core/byteRange"
import { noConditions } from "./write.ts"
import { bareEtag, type ManifestSegment } from "./wire.ts"

type Source = Effect.Success<ReturnType<typeof headOf>>

/** The source must still be what HEAD showed. */
const unchanged = ({ info }: Source) => (info.validator === undefined ? {} : { "if-match": `"${info.validator}"` })

/** Other clients make manifests that name parts of objects, or hold bytes themselves. */
const notOfWhole = StorageError.of(
  "unsupported",
  "this large object is not made of whole segments, and cannot be copied"
)

/** Segment by segment, so that no copy exceeds 5 GiB and the two objects share none. */
const copyLarge = Effect.fnUntraced(function* (client: SwiftClient, source: Source, to: Target) {
  const segments = yield* segmentsIn(client, source.target, source.headers)
  const size = segments.reduce((sum, segment) => sum + segment.size, 0)
  if (size !== source.info.size || segments.some(({ range }) => range !== undefined)) return yield* notOfWhole
  const { "x-object-manifest": _, ...kept } = keptHeaders(source.headers)
  const type = source.info.contentType
  const headers = { ...kept, ...(type !== undefined && { "content-type": type }) }
  yield* withFolder(
    client,
    to,
    Effect.fnUntraced(function* (folder, begin) {
      const copied: Array<ManifestSegment> = []
      for (const [index, segment] of segments.entries()) {
        const place = segmentAt(folder, index + 1)
        begin(place)
        yield* client.repeated(copyObject(client, segment, place))
        const head = yield* client.repeated(headObject(client, place))
        copied.push({ ...place, size: contentLengthOf(head) ?? 0, md5: bareEtag(head["etag"]) ?? "" })
      }
      return { segments: copied, headers }
    })
  )
})

export const copy = (client: SwiftClient): NonNullable<ObjectStore["copy"]> =>
  Effect.fnUntraced(function* (from, to, { ifMatch, ifNoneMatch } = {}) {
    if (ifNoneMatch !== undefined) return yield* noConditions
    const target = yield* newTargetOf(yield* client.settings, to)
    const source = yield* headOf(client, from, ifMatch)
    // Its segments would go with what it replaces.
    if (Path.equals(from, to)) return source.info
    const replaced = yield* segmentsAt(client, target)
    if (isLarge(source.headers)) yield* copyLarge(client, source, target)
    else yield* client.repeated(copyObject(client, source.target, target, unchanged(source)))
    // A manifest that another client copied shares its segments.
    const used = isLarge(source.headers) ? yield* segmentsIn(client, source.target, source.headers) : []
    yield* discard(
      client,
      replaced.filter((segment) => !used.some((one) => one.container === segment.container && one.key === segment.key))
    )
    return (yield* headOf(client, to)).info
  })

/** POST replaces all metadata, so what is there is sent again. */
export const setModified = (client: SwiftClient): NonNullable<ObjectStore["setModified"]> =>
  Effect.fnUntraced(function* (path, modified) {
    const { target, headers } = yield* headOf(client, path)
    yield* client.repeated(postObject(client, target, { ...keptHeaders(headers), ...modifiedHeader(modified) }))
    return (yield* headOf(client, path)).info
  })
