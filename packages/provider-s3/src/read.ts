/**
 * Reading an object: what was asked for arrives whole, or the body ends with an error.
 */
import { StorageError, type ObjectInfo, type ObjectStore } from "@mooring/core"
import { expectedOf, rangeHeader } from "@mooring/core/byteRange"
import { exactly, verifying } from "@mooring/core/checksums/stream"
import { gunzipped } from "@mooring/core/gunzipped"
import type { Body } from "@mooring/core/ObjectStore"
import { isRange } from "@mooring/core/ranges"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { S3Client } from "./api/S3Client.ts"
import { explainArchived } from "./archived.ts"
import { md5Of, objectInfoOf, undoesGzip } from "./headers.ts"
import { targetOf, type VersionTarget } from "./keys.ts"
import { download, getObject } from "./S3Api.ts"
import { headOf } from "./stat.ts"
import { resolve } from "./versions.ts"

const wholeOnly = StorageError.of("unsupported", "a range of an object that is decompressed cannot be read", {
  pointer: "#/decompress"
})
const noVersions = StorageError.of("unsupported", "directory buckets keep no versions")
const behindTheEnd = StorageError.of("invalid_value", "the range starts behind the end of the object")

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
    const { length, whole } = yield* expectedOf(response, range)
    const info = objectInfoOf(path, response.headers, settings)
    const body = verified(response.body, length, whole ? md5Of(response.headers, settings) : undefined)
    return { info, body: undoesGzip(response.headers, settings.gzip) ? gunzipped(body) : body }
  })
