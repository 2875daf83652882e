/**
 * The error that an answer stands for: status, code and headers to the table of `errors.ts`.
 */
import { collectBytes, type HttpResponse } from "@mooring/core/Transport"
import { looksLikeHtml } from "@mooring/core/xml/looksLikeHtml"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { storageErrorOf } from "../errors.ts"
import { notB2, Refusal } from "../wire.ts"

const maxBytes = 64 * 1024
const nothing = new Uint8Array()
const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(Refusal))

/** The error of a status that is no success. A body that breaks off or is no JSON leaves the status to tell. */
export const refusalOf = Effect.fnUntraced(function* ({ status, headers, body }: HttpResponse) {
  const bytes = yield* Effect.orElseSucceed(collectBytes(body, maxBytes), () => nothing)
  if (status < 500 && status !== 408 && status !== 429 && looksLikeHtml(bytes)) return notB2()
  const document = yield* Effect.orElseSucceed(decode(new TextDecoder().decode(bytes)), () => undefined)
  return storageErrorOf({
    status,
    code: document?.code ?? undefined,
    retryAfter: headers["retry-after"],
    requestId: headers["x-bz-request-id"]
  })
})
