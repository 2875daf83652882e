/**
 * Reading an object: what was asked for arrives whole, or the body ends with an error.
 */
import { StorageError, type ObjectInfo, type ObjectStore, type Path } from "@mooring/core"
import { exactly, verifying } from "@mooring/core/checksums/stream"
import type { Body, ReadOptions } from "@mooring/core/ObjectStore"
import { isRange } from "@mooring/core/ranges"
import type { Headers, HttpResponse } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { getBlob } from "./api/blobs.ts"
import type { BlobClient } from "./api/BlobClient.ts"
import { conditionHeaders, contentLengthOf, contentRangeOf, factsOf, infoOf, md5Of } from "./headers.ts"
import { targetOf, type StateTarget } from "./keys.ts"
import { headAt } from "./stat.ts"
import { orNoState, stateOf } from "./states.ts"

const broken = (detail: string) => StorageError.of("integrity_error", detail)
const behindTheEnd = StorageError.of("invalid_value", "the range starts behind the end of the object")

/** Bytes of the largest range whose MD5 the service computes. */
const verifiable = 4 * 1024 * 1024

const rangeHeaders = (range: { readonly start: number; readonly end?: number }): Headers => ({
  range: `bytes=${range.start}-${range.end ?? ""}`,
  ...(range.end !== undefined && range.end - range.start < verifiable && { "x-ms-range-get-content-md5": "true" })
})

/** How many bytes must come. */
const expectation = (
  { status, headers }: HttpResponse,
  range: { readonly start: number; readonly end?: number } | undefined
) => {
  const length = contentLengthOf(headers)
  const sent = contentRangeOf(headers)
  if (range === undefined) {
    return status === 206 ? Effect.fail(broken("a part came that was not asked for")) : Effect.succeed(length)
  }
  if (status !== 206 || sent === undefined) {
    return range.start === 0 && length !== undefined && (range.end ?? Infinity) >= length - 1
      ? Effect.succeed(length)
      : Effect.fail(broken("the whole object came and not the range"))
  }
  // Azurite answers 206 and no bytes.
  if (sent.size <= range.start) return Effect.fail(behindTheEnd)
  const end = Math.min(sent.size, (range.end ?? Infinity) + 1)
  return sent.start !== range.start || sent.end + 1 !== end || (length !== undefined && length !== end - range.start)
    ? Effect.fail(broken("another range came than was asked for"))
    : Effect.succeed(end - range.start)
}

/** The same bytes; ends with an error if there are fewer or more than expected, or if they have another MD5. */
const verified = (body: Body, length: number | undefined, md5: string | undefined): Body => {
  const counted = length === undefined ? body : exactly(body, length)
  return md5 === undefined ? counted : verifying(counted, "md5", md5)
}

const nothingOf = (info: ObjectInfo) => ({ info, body: Stream.empty as Body })

/** Reads a blob, or a version or snapshot of it, while it has the ETag that is given. */
const readAt = Effect.fnUntraced(function* (
  client: BlobClient,
  path: Path,
  target: StateTarget,
  { range: asked, ifMatch }: Pick<ReadOptions, "range" | "ifMatch">
) {
  let range: { readonly start: number; readonly end?: number } | undefined
  let condition = ifMatch
  if (asked !== undefined && "suffix" in asked) {
    // Azure has no ranges from the end, so its place is found first, in the state that is then read.
    const { info } = yield* headAt(client, path, target, ifMatch)
    const size = info.size ?? 0
    if (asked.suffix === 0 || size === 0) return nothingOf(info)
    range = { start: Math.max(0, size - asked.suffix), end: size - 1 }
    condition = info.validator
  } else range = asked
  const headers = {
    ...(range !== undefined && rangeHeaders(range)),
    ...conditionHeaders(condition === undefined ? {} : { ifMatch: condition })
  }
  const answered = yield* Effect.result(client.opened(getBlob(client, target, headers)))
  if (answered._tag === "Failure") {
    const error = answered.failure
    if (error.reason.status !== 416 || range === undefined) return yield* error
    // No range of an object without bytes can be satisfied, but its first bytes are there: none.
    const { info } = yield* headAt(client, path, target, ifMatch)
    if (info.size === 0 && range.start === 0) return nothingOf(info)
    return yield* behindTheEnd
  }
  const response = answered.success
  const length = yield* expectation(response, range)
  // The MD5 of an answer is that of what it holds, the whole or a range.
  return {
    info: infoOf(path, factsOf(response.headers)),
    body: verified(response.body, length, md5Of(response.headers["content-md5"]))
  }
})

export const read = (client: BlobClient): ObjectStore["read"] =>
  Effect.fnUntraced(function* (path, options = {}) {
    const { range, ifMatch, version } = options
    if (range !== undefined && !isRange(range)) return yield* StorageError.of("invalid_value", "this is not a range")
    const target = yield* targetOf(yield* client.settings, path)
    if (version === undefined) return yield* readAt(client, path, target, options)
    const state = yield* stateOf(target, version)
    if (ifMatch !== undefined && state.etag !== undefined && ifMatch !== state.etag) {
      return yield* StorageError.of("precondition_failed", "the object is not as the condition says")
    }
    const condition = ifMatch ?? state.etag
    const asked = { ...options, ...(condition !== undefined && { ifMatch: condition }) }
    return yield* orNoState(state, readAt(client, path, state.target, asked))
  })
