/**
 * The error that an answer stands for.
 */
import { beginningOf, type HttpResponse } from "@mooring/core/Transport"
import { looksLikeHtml } from "@mooring/core/xml/looksLikeHtml"
import * as Effect from "effect/Effect"
import { notAStore, storageErrorOf } from "../errors.ts"

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
