/**
 * Ranges of bytes over HTTP (RFC 9110, section 14): asking for one, and whether it is what came.
 */
import * as Effect from "effect/Effect"
import type { Range } from "./ObjectStore.ts"
import { boundsOf } from "./ranges.ts"
import { StorageError } from "./StorageError.ts"
import type { Headers, HttpResponse } from "./Transport.ts"

const broken = (detail: string) => StorageError.of("integrity_error", detail)
/** `bytes 0-9/100` to its numbers; undefined if it is not of this form. */
export const contentRangeOf = (headers: Headers) => {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers["content-range"] ?? "")
  return match === null ? undefined : { start: Number(match[1]), end: Number(match[2]), size: Number(match[3]) }
}

/** The number of bytes of the body of an answer; undefined if it does not say. */
export const contentLengthOf = (headers: Headers): number | undefined =>
  /^\d{1,16}$/.test(headers["content-length"] ?? "") ? Number(headers["content-length"]) : undefined

/** The header `range` that asks for it. */
export const rangeHeader = (range: Range): string =>
  "suffix" in range ? `bytes=-${range.suffix}` : `bytes=${range.start}-${range.end ?? ""}`

/**
 * How many bytes must come, and whether they are the whole object; undefined if the answer does not say. Fails with
 * `integrity_error` if what comes is not what was asked for.
 */
export const expectedOf = ({ status, headers }: Pick<HttpResponse, "status" | "headers">, range: Range | undefined) => {
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
