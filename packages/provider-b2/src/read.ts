/**
 * Reading an object: what was asked for arrives whole, or the body ends with an error.
 */
import { StorageError, type ObjectInfo, type ObjectStore, type Range } from "@mooring/core"
import { exactly, verifying } from "@mooring/core/checksums/stream"
import type { Body } from "@mooring/core/ObjectStore"
import { boundsOf, isRange } from "@mooring/core/ranges"
import type { HttpResponse } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { B2Client } from "./api/B2Client.ts"
import { requirePrefix } from "./api/capabilities.ts"
import { downloadFile } from "./B2Api.ts"
import { contentRangeOf, factsOfHeaders, nameOfHeaders, objectInfoOf } from "./info.ts"
import { targetOf, type FileTarget } from "./keys.ts"
import { headOf, orNoVersion, requireNamed, requireState } from "./stat.ts"
import { resolve } from "./versions.ts"

const broken = (detail: string) => StorageError.of("integrity_error", detail)
const behindTheEnd = StorageError.of("invalid_value", "the range starts behind the end of the object")
const notARange = StorageError.of("invalid_value", "this is not a range")

type Span = Extract<Range, { readonly start: number }>

/** How many bytes must come, and whether they are the whole object. */
const expectation = ({ status, headers }: HttpResponse, span: Span | undefined, size: number | undefined) => {
  if (status !== 206) {
    const bounds = span === undefined || size === undefined ? undefined : boundsOf(span, size)
    return span === undefined || (bounds?.[0] === 0 && bounds[1] === size)
      ? Effect.succeed({ length: size, whole: true })
      : Effect.fail(broken("the whole object came and not the range"))
  }
  const sent = contentRangeOf(headers)
  if (span === undefined || sent === undefined) return Effect.fail(broken("a part came that was not asked for"))
  const [start = sent.size, end = sent.size] = boundsOf(span, sent.size) ?? []
  if (sent.start !== start || sent.end + 1 !== end) return Effect.fail(broken("another range came than was asked for"))
  return Effect.succeed({ length: end - start, whole: start === 0 && end === sent.size })
}

/** The same bytes; ends with an error if there are fewer or more than expected, or if they have another SHA-1. */
const verified = (body: Body, length: number | undefined, sha1: string | undefined): Body => {
  const counted = length === undefined ? body : exactly(body, length)
  return sha1 === undefined ? counted : verifying(counted, "sha1", sha1)
}

/** A download, verified by length and, where it is known, SHA-1. */
export const read = (client: B2Client): ObjectStore["read"] =>
  Effect.fnUntraced(function* (path, { range, ifMatch, version } = {}) {
    if (range !== undefined && !isRange(range)) return yield* notARange
    const target: FileTarget =
      version === undefined
        ? yield* resolve(client, path)
        : { ...(yield* targetOf(yield* client.settings, path)), fileId: version }
    yield* requirePrefix(yield* client.authorized, target.key)
    const nothing = (info: ObjectInfo) => ({ info, body: Stream.empty as Body })
    let span: Span | undefined = range === undefined || "suffix" in range ? undefined : range
    let state = ifMatch
    if (range !== undefined && "suffix" in range) {
      // B2 documents no ranges from the end. The state whose size was seen must be the one that is read.
      const { info } = yield* headOf(client, path, ifMatch, target)
      if (range.suffix === 0 || info.size === 0) return nothing(info)
      span = { start: Math.max(0, (info.size ?? 0) - range.suffix) }
      state = info.validator
    }
    const header = span === undefined ? undefined : `bytes=${span.start}-${span.end ?? ""}`
    const answered = yield* Effect.result(client.opened(downloadFile(client, target, header)))
    if (answered._tag === "Failure") {
      const error = answered.failure
      if (error.reason.status !== 416 || span === undefined) return yield* orNoVersion(target)(error)
      // No range of an object without bytes can be satisfied, but its first bytes are there: none.
      const { info } = yield* headOf(client, path, ifMatch, target)
      return info.size === 0 && span.start === 0 ? nothing(info) : yield* behindTheEnd
    }
    const response = answered.success
    yield* requireNamed(target, nameOfHeaders(response.headers))
    const facts = factsOfHeaders(response.headers)
    const info = objectInfoOf(path, facts)
    yield* requireState(info.validator, state)
    const { length, whole } = yield* expectation(response, span, facts.size)
    return { info, body: verified(response.body, length, whole ? facts.sha1 : undefined) }
  })
