/**
 * Objects that go up in segments, and the manifest that joins them: a static one where the service has such, since it
 * names size and MD5 of each segment, else a dynamic one, which is a prefix.
 */
import { StorageError } from "@mooring/core"
import type { BodyReader } from "@mooring/core/BodyReader"
import { digestOf } from "@mooring/core/checksums/Hasher"
import { partSizeOf, sendPieces, type Piece } from "@mooring/core/pieces"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { placeText } from "./api/address.ts"
import type { SwiftClient } from "./api/SwiftClient.ts"
import type { Target } from "./keys.ts"
import { maxObject } from "./normalize.ts"
import { buffered, putBytes, putStream, streamOf } from "./pieces.ts"
import { markFolder, markerOf, newFolder, requireMarker, segmentAt, type SegmentFolder } from "./segmentFolders.ts"
import { discard } from "./segments.ts"
import { putObject, putStaticManifest } from "./SwiftApi.ts"
import type { ManifestSegment } from "./wire.ts"

/** Milliseconds after which the segments of a failed upload are left to the service. */
const patience = 15_000

/**
 * Segments in memory that are on their way at once, of at most `buffered` bytes each: 32 MiB together
 * (docs/decisions/0008-segments-at-once.md).
 */
const atOnce = 4

/** The ETag of a dynamic large object: the MD5 of those of its segments, in hex. PUT answers with that of the manifest. */
const dynamicEtag = (segments: ReadonlyArray<ManifestSegment>) =>
  Effect.map(digestOf("md5", Buffer.from(segments.map(({ md5 }) => md5).join(""))), (digest) =>
    Buffer.from(digest).toString("hex")
  )

/** Joins segments to the object, whose ETag it answers. The last thing that is done, and the first that is seen. */
export const join = Effect.fnUntraced(function* (
  client: SwiftClient,
  target: Target,
  folder: SegmentFolder,
  segments: ReadonlyArray<ManifestSegment>,
  headers: Headers
) {
  const { staticObjects } = yield* client.info
  if (staticObjects !== undefined) {
    return (yield* client.repeated(putStaticManifest(client, target, segments, headers)))["etag"]
  }
  const manifest = placeText({ container: folder.container, key: `${folder.prefix}/` }).slice(1)
  yield* client.repeated(putObject(client, target, new Uint8Array(), { ...headers, "x-object-manifest": manifest }))
  return yield* dynamicEtag(segments)
})

/** What is joined: the segments, in their order, and what is stored with the object. */
interface Filled {
  readonly segments: ReadonlyArray<ManifestSegment>
  readonly headers: Headers
}

/** What is known of an object in segments that was just stored. */
export interface Joined {
  readonly size: number
  readonly etag: string | undefined
}

/**
 * Lets `fill` store segments in a new folder and joins them: size and ETag of the object. What was stored goes away if
 * that fails or is interrupted. Until then a marker shows that the folder is of an upload; who removes it ends that.
 */
export const withFolder = (
  client: SwiftClient,
  target: Target,
  fill: (folder: SegmentFolder, begin: (segment: Target) => void) => Effect.Effect<Filled, StorageError>
) =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const { leaveParts } = yield* client.settings
      const folder = yield* restore(newFolder(client, target))
      const begun = [markerOf(folder)]
      const stored = Effect.gen(function* () {
        yield* markFolder(client, folder, {})
        const { segments, headers } = yield* fill(folder, (segment) => void begun.push(segment))
        yield* requireMarker(client, folder)
        const etag = yield* join(client, target, folder, segments, headers)
        return { size: segments.reduce((sum, { size }) => sum + size, 0), etag } satisfies Joined
      })
      const exit = yield* Effect.exit(restore(stored))
      if (Exit.isSuccess(exit)) yield* discard(client, [markerOf(folder)])
      else if (!leaveParts) {
        yield* discard(client, begun).pipe(Effect.interruptible, Effect.timeoutOption(patience), Effect.ignore)
      }
      return yield* exit
    })
  )

interface Upload {
  readonly client: SwiftClient
  readonly target: Target
  readonly reader: BodyReader
  readonly size: number | undefined
  /** What was taken from the reader already. */
  readonly first?: Piece
  readonly headers: Headers
  /** What must hold of the whole body before the object is made. */
  readonly verify: Effect.Effect<Headers, StorageError>
}

/** What is known of each segment while a body goes up. */
interface Segmenting extends Pick<Upload, "client" | "reader" | "size" | "first"> {
  readonly segmentSize: number
  readonly most: number
  readonly placeOf: (number: number) => Target
}

/** Sends segments that fit into memory, several at once. */
const putBuffered = Effect.fnUntraced(function* (upload: Segmenting) {
  const { client, reader, first, segmentSize, most, placeOf } = upload
  const rules = { partSize: segmentSize, concurrency: atOnce, maxParts: most }
  const stored = yield* sendPieces(client.budget, reader, rules, first, (number, bytes) => {
    const place = placeOf(number)
    return Effect.map(putBytes(client, place, bytes, {}), ({ size, md5 }) => ({ number, ...place, size, md5 }))
  })
  return stored
    .toSorted((left, right) => left.number - right.number)
    .map(({ number: _, ...segment }): ManifestSegment => segment)
}, Effect.scoped)

const tooMany = (most: number): StorageError =>
  StorageError.of("body_too_large", `a large object has at most ${most} segments here`, {
    pointer: "#/chunk_size",
    suggestion: "a larger chunk_size"
  })

/** Sends segments that do not fit into memory, one after the other as the body comes. */
const putStreamed = Effect.fnUntraced(function* (upload: Segmenting) {
  const { client, reader, size, first, segmentSize, most, placeOf } = upload
  const segments: Array<ManifestSegment> = []
  let waiting = first?.bytes ?? new Uint8Array()
  let left = size ?? Infinity
  while (left > 0 && (waiting.byteLength > 0 || (yield* reader.more))) {
    if (segments.length === most) return yield* tooMany(most)
    const place = placeOf(segments.length + 1)
    const length = Math.min(segmentSize, left)
    const body = streamOf(reader, length, waiting)
    const stored = yield* putStream(client, place, body, size === undefined ? undefined : length, {})
    waiting = new Uint8Array()
    segments.push({ ...place, ...stored })
    left -= stored.size
  }
  return segments
})

/** Sends what a reader has in segments: size and ETag of the object. */
export const putSegments = ({ client, target, reader, size, first, headers, verify }: Upload) =>
  withFolder(
    client,
    target,
    Effect.fnUntraced(function* (folder, begin) {
      const { chunkSize } = yield* client.settings
      const { staticObjects } = yield* client.info
      const most = staticObjects?.maxSegments ?? Infinity
      const least = Math.max(chunkSize, staticObjects?.minSegment ?? 1)
      const segmentSize = Math.min(maxObject, partSizeOf(least, size, most))
      const placeOf = (number: number) => {
        const place = segmentAt(folder, number)
        begin(place)
        return place
      }
      const upload = { client, reader, size, segmentSize, most, placeOf, ...(first && { first }) }
      const segments = yield* segmentSize <= buffered ? putBuffered(upload) : putStreamed(upload)
      // Of a body that yields more than it should this is the first that is seen.
      yield* reader.more
      return { segments, headers: { ...headers, ...(yield* verify) } }
    })
  )
