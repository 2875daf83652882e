/**
 * Reading an object: what was asked for arrives whole, or the body ends with an error.
 */
import { StorageError, type ObjectInfo, type ObjectStore } from "@mooring/core"
import { expectedOf, rangeHeader } from "@mooring/core/byteRange"
import { exactly, verifying } from "@mooring/core/checksums/stream"
import type { Body } from "@mooring/core/ObjectStore"
import { isRange } from "@mooring/core/ranges"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { md5Of, objectInfoOf } from "./headers.ts"
import { headAt } from "./stat.ts"
import { getObject } from "./SwiftApi.ts"
import { versionOf } from "./versions.ts"

const behindTheEnd = StorageError.of("invalid_value", "the range starts behind the end of the object")

/** The same bytes; ends with an error if there are fewer or more than expected, or if they have another MD5. */
const verified = (body: Body, length: number | undefined, md5: string | undefined): Body => {
  const counted = length === undefined ? body : exactly(body, length)
  return md5 === undefined ? counted : verifying(counted, "md5", md5)
}

export const read = (client: SwiftClient): ObjectStore["read"] =>
  Effect.fnUntraced(function* (path, { range, ifMatch, version } = {}) {
    if (range !== undefined && !isRange(range)) return yield* StorageError.of("invalid_value", "this is not a range")
    const target = yield* versionOf(client, path, version)
    const nothing = (info: ObjectInfo) => ({ info, body: Stream.empty as Body })
    if (range !== undefined && "suffix" in range && range.suffix === 0) {
      return nothing((yield* headAt(client, path, target, ifMatch)).info)
    }
    const headers = {
      ...(range !== undefined && { range: rangeHeader(range) }),
      ...(ifMatch !== undefined && { "if-match": `"${ifMatch}"` })
    }
    const answered = yield* Effect.result(client.opened(getObject(client, target, headers)))
    if (answered._tag === "Failure") {
      const error = answered.failure
      if (error.reason.status !== 416 || range === undefined) return yield* error
      // No range of an object without bytes can be satisfied, but its first bytes are there: none.
      const { info } = yield* headAt(client, path, target, ifMatch)
      if (info.size === 0 && ("suffix" in range || range.start === 0)) return nothing(info)
      return yield* behindTheEnd
    }
    const response = answered.success
    const { length, whole } = yield* expectedOf(response, range)
    const info = objectInfoOf(path, response.headers)
    return { info, body: verified(response.body, length, whole ? md5Of(response.headers) : undefined) }
  })
