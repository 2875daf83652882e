/**
 * The error that an answer stands for.
 */
import type { HttpResponse } from "@mooring/core/Transport"
import { looksLikeHtml } from "@mooring/core/xml/looksLikeHtml"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { notAStore, storageErrorOf } from "../errors.ts"

/** Enough to see whether it is a web page. */
const maxBytes = 4096

/** What there is of the body of a refusal: it may never end, or break off. */
export const beginningOf = (body: HttpResponse["body"]): Effect.Effect<Uint8Array> =>
  Effect.suspend(() => {
    const blocks: Array<Uint8Array> = []
    let size = 0
    const reading = Stream.runForEachWhile(body, (block) =>
      Effect.sync(() => {
        blocks.push(block)
        size += block.byteLength
        return size < maxBytes
      })
    )
    return Effect.map(Effect.ignore(reading), () => Buffer.concat(blocks).subarray(0, maxBytes))
  })

/**
 * The error of a status that is no success. Swift itself writes its errors as web pages, but always says the id of the
 * transaction, so a page without one is of something else.
 */
export const refusalOf = Effect.fnUntraced(function* ({ status, headers, body }: HttpResponse) {
  const requestId = headers["x-trans-id"] ?? headers["x-openstack-request-id"]
  if (requestId === undefined && status < 500 && status !== 401 && looksLikeHtml(yield* beginningOf(body))) {
    return notAStore(status)
  }
  return storageErrorOf({ status, requestId, retryAfter: headers["retry-after"] })
})
