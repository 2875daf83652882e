/**
 * The error that an answer stands for.
 */
import { beginningOf, type HttpResponse } from "@mooring/core/Transport"
import { looksLikeHtml } from "@mooring/core/xml/looksLikeHtml"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { storageErrorOf, type Hint } from "../errors.ts"
import { ErrorDocument, notAStore } from "../wire.ts"

/** Statuses with which gateways before a store answer in HTML although the store is one. */
const gatewayStatuses = new Set([408, 413, 429])

/** What a message says that its reason does not. */
const hintOf = (message: string): Hint | undefined => {
  if (/uniform bucket-level access/i.test(message)) return "uniformBucketLevelAccess"
  return /requester pays/i.test(message) ? "userProjectMissing" : undefined
}

/** The error of a status that is no success. */
export const refusalOf = Effect.fnUntraced(function* ({ status, headers, body }: HttpResponse) {
  const bytes = yield* beginningOf(body)
  if (status < 500 && !gatewayStatuses.has(status) && looksLikeHtml(bytes)) {
    return notAStore("a web page answered and no object store", status)
  }
  const text = new TextDecoder().decode(bytes)
  const document = Option.getOrUndefined(Schema.decodeUnknownOption(Schema.fromJsonString(ErrorDocument))(text))
  const error = document?.error
  return storageErrorOf({
    status,
    reason: error?.errors?.[0]?.reason ?? undefined,
    hint: status === 400 ? hintOf(error?.message ?? "") : undefined,
    requestId: headers["x-guploader-uploadid"],
    retryAfter: headers["retry-after"]
  })
})
