/**
 * Reading an object: what was asked for arrives whole, or the body ends with an error.
 *
 * What an object has besides its bytes is not in the answer that has the bytes, so it is asked for first, and the bytes
 * are those of the generation that was seen.
 */
import { StorageError, type ObjectStore, type Path } from "@mooring/core"
import { expectedOf, rangeHeader } from "@mooring/core/byteRange"
import { exactly, verifying } from "@mooring/core/checksums/stream"
import { gunzipped } from "@mooring/core/gunzipped"
import type { Body, ReadOptions } from "@mooring/core/ObjectStore"
import { boundsOf, isRange } from "@mooring/core/ranges"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { StorageClient } from "./api/StorageClient.ts"
import { generationNamed } from "./conditions.ts"
import { checksumsOf, isDecompressed, objectInfoOf, storedSize } from "./info.ts"
import { targetOf } from "./keys.ts"
import { headOf } from "./stat.ts"
import { getMedia, getObject } from "./StorageApi.ts"
import type { ObjectResource } from "./wire.ts"

const nothing = StorageError.of("not_found", "there is nothing at this path")
const behindTheEnd = StorageError.of("invalid_value", "the range starts behind the end of the object")
const wholeOnly = StorageError.of("unsupported", "a range of an object that is decompressed cannot be read", {
  pointer: "#/decompress"
})

/** The same bytes; ends with an error if there are fewer or more than expected, or if they have another checksum. */
const verified = (body: Body, length: number | undefined, resource: ObjectResource | undefined): Body => {
  const counted = length === undefined ? body : exactly(body, length)
  const { crc32c, md5 } = resource === undefined ? {} : checksumsOf(resource)
  if (crc32c !== undefined) return verifying(counted, "crc32c", crc32c)
  return md5 === undefined ? counted : verifying(counted, "md5", md5)
}

/** One version; what is no number of a generation names none. */
const versionAt = Effect.fnUntraced(function* (client: StorageClient, path: Path, version: string) {
  const settings = yield* client.settings
  const generation = yield* Effect.mapError(generationNamed(version), () => nothing)
  const target = { ...(yield* targetOf(settings, path)), generation }
  const resource = yield* client.repeated(getObject(client, target))
  return { target, resource, info: objectInfoOf(path, resource, settings) }
})

const changed = StorageError.of("precondition_failed", "the object is not as the condition says")

/** The generation that was seen is gone: there is another, or none. */
const replaced = StorageError.of("precondition_failed", "the object was replaced while it was read")

/** The bytes of the generation that was seen, as the options ask for them. */
const readSeen = Effect.fnUntraced(function* (
  client: StorageClient,
  { target, resource, info }: Effect.Success<ReturnType<typeof headOf>>,
  range: ReadOptions["range"]
) {
  const decompressed = isDecompressed(yield* client.settings, resource)
  if (range !== undefined && decompressed) return yield* wholeOnly
  const size = storedSize(resource)
  if (range !== undefined && size !== undefined) {
    const bounds = boundsOf(range, size)
    if (bounds === undefined) return yield* behindTheEnd
    if (bounds[0] === bounds[1]) return { info, body: Stream.empty as Body }
  }
  const header = range === undefined ? undefined : rangeHeader(range)
  const response = yield* Effect.mapError(client.opened(getMedia(client, target, header)), (error) => {
    if (error.reason.status === 416) return behindTheEnd
    return error.reason._tag === "not_found" ? replaced : error
  })
  const { length = range === undefined ? size : undefined, whole } = yield* expectedOf(response, range)
  const body = verified(response.body, length, whole ? resource : undefined)
  return { info, body: decompressed ? gunzipped(body) : body }
})

/** How often an object may be replaced between the two calls of a read before that is an error. */
const patience = 3

/** Objects: get, twice. An object that was replaced in between is read anew, unless one state was asked for. */
export const read = (client: StorageClient): ObjectStore["read"] =>
  Effect.fnUntraced(function* (path, { range, ifMatch, version } = {}) {
    if (range !== undefined && !isRange(range)) return yield* StorageError.of("invalid_value", "this is not a range")
    if (version !== undefined) {
      const seen = yield* versionAt(client, path, version)
      if (ifMatch !== undefined && ifMatch !== version) return yield* changed
      return yield* Effect.mapError(readSeen(client, seen, range), (error) => (error === replaced ? nothing : error))
    }
    const current = Effect.flatMap(headOf(client, path, ifMatch), (seen) => readSeen(client, seen, range))
    return yield* Effect.retry(current, {
      times: patience,
      while: (error) => error === replaced && ifMatch === undefined
    })
  })
