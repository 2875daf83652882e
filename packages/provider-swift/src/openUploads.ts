/**
 * Uploads whose parts come one by one: segments in a folder of their own, and beside them a marker, which has what is
 * stored with the object and is there as long as the upload is. The token names the folder, so that another process can
 * go on.
 */
import { StorageError, type ObjectStore, type Path, type Upload } from "@mooring/core"
import { contentLengthOf } from "@mooring/core/byteRange"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { keptHeaders, storedHeaders } from "./headers.ts"
import { newTargetOf, type Target } from "./keys.ts"
import { join } from "./largeObjects.ts"
import { putBytes } from "./pieces.ts"
import { segmentsAt } from "./remove.ts"
import { removeTargets } from "./removeTargets.ts"
import {
  folderIn,
  isIn,
  markerOf,
  markFolder,
  newFolder,
  requireMarker,
  segmentAt,
  type SegmentFolder
} from "./segmentFolders.ts"
import { discard, listFolder } from "./segments.ts"
import { headOf } from "./stat.ts"
import { copyObject, deleteObject, headObject } from "./SwiftApi.ts"
import { noConditions } from "./write.ts"

/** The most parts that a service has to take, as is the default of `max_manifest_segments`. */
export const maxParts = 1000

/** What a token holds. Who has it can read nothing with it: each call has a token of the service. */
const Token = Schema.Struct({ path: Schema.Array(Schema.String), container: Schema.String, prefix: Schema.String })
const tokenJson = Schema.fromJsonString(Token)

/** The token of the upload of an object into a folder. */
export const tokenOf = (path: Path, { container, prefix }: SegmentFolder): string =>
  Schema.encodeSync(tokenJson)({ path, container, prefix })

const foreign = StorageError.of("invalid_value", "this token is not of an upload to Swift")

const wholeOnly = StorageError.of("unsupported", "the service copies whole objects only")

const numberOf = (key: string): number => Number(key.slice(-8))

/** The upload into a folder, whose marker has what is stored with the object. */
const uploadOf = (client: SwiftClient, path: Path, target: Target, folder: SegmentFolder): Upload => {
  const marker = markerOf(folder)
  const isOpen = requireMarker(client, folder)
  const parts = Effect.map(listFolder(client, folder), (found) =>
    found.filter(({ key }) => key !== marker.key).map((part) => ({ ...part, number: numberOf(part.key) }))
  )
  const placeOf = (number: number) =>
    Number.isInteger(number) && number >= 1 && number <= maxParts
      ? Effect.succeed(segmentAt(folder, number))
      : Effect.fail(StorageError.of("invalid_value", `the number of a part is from 1 to ${maxParts}`))
  return {
    path,
    token: tokenOf(path, folder),
    parts: Effect.map(Effect.andThen(isOpen, parts), (found) => found.map(({ number, size }) => ({ number, size }))),
    writePart: Effect.fnUntraced(function* (number, bytes) {
      yield* putBytes(client, yield* placeOf(number), bytes, {})
    }),
    copyPart: Effect.fnUntraced(function* (number, from, { start, end }) {
      const place = yield* placeOf(number)
      const { target: source, info } = yield* headOf(client, from)
      if (info.size === undefined || start < 0 || end < start || end >= info.size) {
        return yield* StorageError.of("invalid_value", "this is not a range of the object")
      }
      const unchanged: Headers = info.validator === undefined ? {} : { "if-match": `"${info.validator}"` }
      yield* client.repeated(copyObject(client, source, place, { ...unchanged, range: `bytes=${start}-${end}` }))
      const copied = contentLengthOf(yield* client.repeated(headObject(client, place)))
      if (copied === end - start + 1) return
      yield* discard(client, [place])
      return yield* copied === info.size ? wholeOnly : StorageError.of("integrity_error", "another range was copied")
    }),
    complete: Effect.gen(function* () {
      const headers = yield* isOpen
      const segments = yield* parts
      if (segments.length === 0) return yield* StorageError.of("invalid_value", "an upload has at least one part")
      // After a completion that ended before its marker went, these are the parts themselves.
      const replaced = yield* segmentsAt(client, target)
      const type = headers["content-type"]
      const stored = { ...keptHeaders(headers), ...(type !== undefined && { "content-type": type }) }
      yield* join(client, target, folder, segments, stored)
      yield* discard(client, [marker])
      yield* discard(
        client,
        replaced.filter((segment) => !isIn(folder, segment))
      )
      return (yield* headOf(client, path)).info
    }),
    abort: Effect.gen(function* () {
      const opened = yield* Effect.result(isOpen)
      if (opened._tag === "Failure") {
        return opened.failure.reason._tag === "not_found" ? undefined : yield* opened.failure
      }
      // Completed by a call that could not remove the marker any more: the segments are those of the object.
      const inUse = yield* segmentsAt(client, target)
      if (inUse.some((segment) => isIn(folder, segment))) return yield* discard(client, [marker])
      const found = yield* parts
      yield* removeTargets(client, found)
      yield* client.repeated(deleteObject(client, marker))
    })
  }
}

export const openUpload = (client: SwiftClient): NonNullable<ObjectStore["openUpload"]> =>
  Effect.fnUntraced(function* (path, options = {}) {
    const { ifMatch, ifNoneMatch } = options
    if (ifMatch !== undefined || ifNoneMatch !== undefined) return yield* noConditions
    const target = yield* newTargetOf(yield* client.settings, path)
    const headers = yield* storedHeaders(options)
    const folder = yield* newFolder(client, target)
    yield* markFolder(client, folder, headers)
    return uploadOf(client, path, target, folder)
  })

/** The upload of a token, whether it is open or not. */
const uploadIn = Effect.fnUntraced(function* (client: SwiftClient, text: string) {
  const token = yield* Effect.mapError(Schema.decodeUnknownEffect(tokenJson)(text), () => foreign)
  const target = yield* newTargetOf(yield* client.settings, token.path)
  const folder = folderIn(target, token)
  return folder === undefined ? yield* foreign : uploadOf(client, token.path, target, folder)
})

export const resumeUpload = (client: SwiftClient): NonNullable<ObjectStore["resumeUpload"]> =>
  Effect.fnUntraced(function* (token) {
    const upload = yield* uploadIn(client, token)
    yield* upload.parts
    return upload
  })

export const abortUpload = (client: SwiftClient): NonNullable<ObjectStore["abortUpload"]> =>
  Effect.fnUntraced(function* ({ id }) {
    yield* (yield* uploadIn(client, id)).abort
  })
