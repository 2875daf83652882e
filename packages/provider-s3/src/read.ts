/**
 * Reading an object: what was asked for arrives whole, or the body ends with an error.
 */
import { StorageError, type ObjectInfo, type ObjectStore, type Range } from "@mooring/core"
import { exactly, verifying } from "@mooring/core/checksums/stream"
import { gunzipped } from "@mooring/core/gunzipped"
import type { Body } from "@mooring/core/ObjectStore"
import { boundsOf, isRange } from "@mooring/core/ranges"
import type { HttpResponse } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { S3Client } from "./api/S3Client.ts"
import { explainArchived } from "./archived.ts"
import { contentLengthOf, contentRangeOf, md5Of, objectInfoOf, undoesGzip } from "./headers.ts"
import { targetOf, type VersionTarget } from "./keys.ts"
import { download, getObject } from "./S3Api.ts"
import { headOf } from "./stat.ts"
import { resolve } from "./versions.ts"

const broken = (detail: string) => StorageError.of("integrity_error", detail)
const wholeOnly = StorageError.of("unsupported", "a range of an object that is decompressed cannot be read", {
  pointer: "#/decompress"
})
const noVersions = StorageError.of("unsupported", "directory buckets keep no versions")
const behindTheEnd = StorageError.of("invalid_value", "the range starts behind the end of the object")

const rangeHeader = (range: Range): string =>
  "suffix" in range ? `bytes=-${range.suffix}` : `bytes=${range.start}-${range.end ?? ""}`

/** How many bytes must come, and whether they are the whole object. Undefined if the answer does not say. */
const expectation = ({ status, headers }: HttpResponse, range: Range | undefined) => {
  const length = contentLengthOf(headers)
  if (status !== 206) {
    const bounds = range === undefined || length === undefined ? undefined : boundsOf(range, length)
    return range === undefined || (bounds?.[0] === 0 && bounds[1] === length)
      ? Effect.succeed({ length, whole: true })
      : Effect.fail(broken("the whole object came and not the range"))
  }
  const sent = contentRangeOf(headers)
  if (range === undefined || sent === undefined) return Effect.fail(broken("a part came that was not asked for"))
  const [start = sent.size, end = sent.size] = boundsOf(range, sent.size) ?? []
  if (sent.start !== start || sent.end + 1 !== end || (length !== undefined && length !== end - start)) {
    return Effect.fail(broken("another range came than was asked for"))
  }
  return Effect.succeed({ length: end - start, whole: start === 0 && end === sent.size })
}

/** The same bytes; ends with an error if there are fewer or more than expected, or if they have another MD5. */
const verified = (body: Body, length: number | undefined, md5: string | undefined): Body => {
  const counted = length === undefined ? body : exactly(body, length)
  return md5 === undefined ? counted : verifying(counted, "md5", md5)
}

/** GET, verified by length and, where it is known, MD5. */
export const read = (client: S3Client): ObjectStore["read"] =>
  Effect.fnUntraced(function* (path, { range, ifMatch, version } = {}) {
    const settings = yield* client.settings
    if (version !== undefined && settings.directoryBuckets !== undefined) return yield* noVersions
    if (range !== undefined && !isRange(range)) return yield* StorageError.of("invalid_value", "this is not a range")
    const target: VersionTarget =
      version === undefined
        ? yield* resolve(client, path)
        : { ...(yield* targetOf(settings, path)), versionId: version }
    if (range !== undefined && settings.gzip.decompress) return yield* wholeOnly
    const nothing = (info: ObjectInfo) => ({ info, body: Stream.empty as Body })
    if (range !== undefined && "suffix" in range && range.suffix === 0) {
      return nothing((yield* headOf(client, path, ifMatch, target)).info)
    }
    const headers = {
      ...(range !== undefined && { range: rangeHeader(range) }),
      ...(ifMatch !== undefined && { "if-match": ifMatch })
    }
    // The other address knows current objects only.
    const get =
      settings.downloadUrl === undefined || target.versionId !== undefined
        ? getObject(client, target, headers)
        : download(client, settings.downloadUrl, target, headers)
    const answered = yield* Effect.result(client.opened(get))
    if (answered._tag === "Failure") {
      const error = answered.failure
      if (error.reason.status !== 416 || range === undefined)
        return yield* yield* explainArchived(client, target, error)
      // No range of an object without bytes can be satisfied, but its first bytes are there: none.
      const { info } = yield* headOf(client, path, ifMatch, target)
      if (info.size === 0 && ("suffix" in range || range.start === 0)) return nothing(info)
      return yield* behindTheEnd
    }
    const response = answered.success
    const { length, whole } = yield* expectation(response, range)
    const info = objectInfoOf(path, response.headers, settings)
    const body = verified(response.body, length, whole ? md5Of(response.headers, settings) : undefined)
    return { info, body: undoesGzip(response.headers, settings.gzip) ? gunzipped(body) : body }
  })
