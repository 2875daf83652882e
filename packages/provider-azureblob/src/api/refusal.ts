/**
 * The error that an answer stands for.
 */
import type { HttpResponse } from "@mooring/core/Transport"
import { looksLikeHtml } from "@mooring/core/xml/looksLikeHtml"
import { parseXml } from "@mooring/core/xml/parseXml"
import { textOf } from "@mooring/core/xml/XmlElement"
import * as Effect from "effect/Effect"
import { storageErrorOf } from "../errors.ts"
import { notAStore } from "../wire.ts"

/** Statuses with which gateways before a store answer in HTML although the store is one. */
const gatewayStatuses = new Set([408, 413, 429])

/** The error of a status that is no success. The code is in a header, also of answers without a body. */
export const refusalOf = Effect.fnUntraced(function* ({ status, headers }: HttpResponse, body: Uint8Array) {
  if (status < 500 && !gatewayStatuses.has(status) && looksLikeHtml(body)) {
    return notAStore("a web page answered and no object store")
  }
  const document = body[0] === 0xef ? body.subarray(3) : body
  const root = yield* Effect.orElseSucceed(parseXml(document), () => undefined)
  return storageErrorOf({
    status,
    code: headers["x-ms-error-code"] ?? (root && textOf(root, "Code")),
    requestId: headers["x-ms-request-id"],
    retryAfter: headers["retry-after"]
  })
})
