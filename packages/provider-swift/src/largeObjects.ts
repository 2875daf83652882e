/**
 * Objects that go up in segments, one after the other, and the manifest that joins them: a static one where the service
 * has such, since it names size and MD5 of each segment, else a dynamic one, which is a prefix.
 */
import { StorageError } from "@mooring/core"
import type { BodyReader } from "@mooring/core/BodyReader"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Scope from "effect/Scope"
import { placeText } from "./api/address.ts"
import type { SwiftClient } from "./api/SwiftClient.ts"
import type { Target } from "./keys.ts"
import { maxObject } from "./normalize.ts"
import { buffered, putBytes, putStream, streamOf, type Stored } from "./pieces.ts"
import { discard, newFolder, segmentAt, type SegmentFolder } from "./segments.ts"
import { putObject, putStaticManifest } from "./SwiftApi.ts"
import type { ManifestSegment } from "./wire.ts"

const mebibyte = 1024 * 1024

/** Milliseconds after which the segments of a failed upload are left to the service. */
const patience = 15_000

/** The chunk size, grown to whole MiB until an object of this size has at most so many segments, as rclone does. */
export const segmentSizeOf = (chunkSize: number, size: number | undefined, maxSegments: number): number => {
  if (size === undefined || size / chunkSize <= maxSegments) return chunkSize
  const least = Math.ceil(size / maxSegments / mebibyte) * mebibyte
  return Math.min(maxObject, Math.ceil(size / least) > maxSegments ? least + mebibyte : least)
}

/** Joins segments to the object: the headers of the answer. The last thing that is done, and the first that is seen. */
export const join = Effect.fnUntraced(function* (
  client: SwiftClient,
  target: Target,
  folder: SegmentFolder,
  segments: ReadonlyArray<ManifestSegment>,
  headers: Headers
) {
  const { staticObjects } = yield* client.info
  if (staticObjects !== undefined) return yield* client.repeated(putStaticManifest(client, target, segments, headers))
  const manifest = placeText({ container: folder.container, key: `${folder.prefix}/` }).slice(1)
  return yield* client.repeated(
    putObject(client, target, new Uint8Array(), { ...headers, "x-object-manifest": manifest })
  )
})

/**
 * Lets `fill` store segments in a new folder; what it stored goes away if it fails, is interrupted or cannot be joined.
 */
export const withFolder = <A>(
  client: SwiftClient,
  target: Target,
  fill: (folder: SegmentFolder, begin: (segment: Target) => void) => Effect.Effect<A, StorageError>
) =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const { leaveParts } = yield* client.settings
      const folder = yield* restore(newFolder(client, target))
      const begun: Array<Target> = []
      const exit = yield* Effect.exit(restore(fill(folder, (segment) => void begun.push(segment))))
      if (Exit.isFailure(exit) && !leaveParts) {
        yield* discard(client, begun).pipe(Effect.interruptible, Effect.timeoutOption(patience), Effect.ignore)
      }
      return yield* exit
    })
  )

const tooMany = (most: number): StorageError =>
  StorageError.of("body_too_large", `a large object has at most ${most} segments here`, {
    pointer: "#/chunk_size",
    suggestion: "a larger chunk_size"
  })

interface Upload {
  readonly client: SwiftClient
  readonly target: Target
  readonly reader: BodyReader
  readonly size: number | undefined
  /** What was taken from the reader already. */
  readonly first?: Uint8Array
  readonly headers: Headers
  /** What must hold of the whole body before the object is made. */
  readonly verify: Effect.Effect<Headers, StorageError>
}

/** Sends what a reader has in segments: size and ETag of the object. */
export const putSegments = ({ client, target, reader, size, first, headers, verify }: Upload) =>
  withFolder(
    client,
    target,
    Effect.fnUntraced(function* (folder, begin) {
      const { chunkSize } = yield* client.settings
      const { staticObjects } = yield* client.info
      const most = staticObjects?.maxSegments ?? Infinity
      const segmentSize = segmentSizeOf(Math.max(chunkSize, staticObjects?.minSegment ?? 1), size, most)
      const segments: Array<ManifestSegment> = []
      let sent = 0
      let left = size ?? Infinity
      let waiting = first
      while (left > 0) {
        const place = segmentAt(folder, segments.length)
        const length = Math.min(segmentSize, left)
        begin(place)
        const stored = yield* putNext(client, reader, place, { length, first: waiting, known: size !== undefined })
        waiting = undefined
        if (stored === undefined) break
        if (segments.length === most) return yield* tooMany(most)
        segments.push({ ...place, ...stored })
        sent += stored.size
        left -= stored.size
        if (stored.size < length) break
      }
      // Of a body that yields more than it should this is the first that is seen.
      yield* reader.fill(1)
      const answer = yield* join(client, target, folder, segments, { ...headers, ...(yield* verify) })
      return { size: sent, etag: answer["etag"] }
    })
  )

/** Sends the next segment; undefined if the body has ended. */
const putNext = Effect.fnUntraced(function* (
  client: SwiftClient,
  reader: BodyReader,
  place: Target,
  { length, first, known }: { readonly length: number; readonly first: Uint8Array | undefined; readonly known: boolean }
): Effect.fn.Return<Stored | undefined, StorageError, Scope.Scope> {
  const inMemory = Math.min(length, buffered)
  if (first === undefined) yield* client.budget.take(reader.next(inMemory))
  const bytes = first ?? (yield* reader.fill(inMemory))
  if (bytes.byteLength === 0) return undefined
  if (bytes.byteLength < inMemory || length <= buffered) {
    const stored = yield* putBytes(client, place, bytes, {})
    reader.recycle(bytes)
    return stored
  }
  return yield* putStream(client, place, streamOf(reader, length, bytes), known ? length : undefined, {})
}, Effect.scoped)
