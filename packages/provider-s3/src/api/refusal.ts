/**
 * The error that an answer stands for: status, code and headers to the table of `errors.ts`.
 */
import type { StorageError } from "@mooring/core"
import type { HttpResponse } from "@mooring/core/Transport"
import { looksLikeHtml } from "@mooring/core/xml/looksLikeHtml"
import { parseXml } from "@mooring/core/xml/parseXml"
import { textOf, type XmlElement } from "@mooring/core/xml/XmlElement"
import * as Effect from "effect/Effect"
import { storageErrorOf } from "../errors.ts"
import { notAStore, timeOf } from "../wire.ts"

/** Statuses with which gateways before a store answer in HTML although the store is one. */
const gatewayStatuses = new Set([408, 413, 429])

/** The error of a status that is no success, or of a success whose body is an error. */
export const refusalOf = Effect.fnUntraced(function* (response: HttpResponse, body: Uint8Array, localTime: number) {
  const { status } = response
  if (status < 500 && !gatewayStatuses.has(status) && looksLikeHtml(body)) return notAStore()
  const root = yield* Effect.orElseSucceed(parseXml(body), () => undefined)
  return errorOf(response, root ?? codeIn(body), localTime)
})

/** The code of an error document that is cut or damaged behind it, as an element. */
const codeIn = (body: Uint8Array): XmlElement | undefined => {
  const start = new TextDecoder().decode(body.subarray(0, 4096))
  const [, text] = /<Error\b[^>]*>\s*<Code>([A-Za-z.]{1,64})<\/Code>/.exec(start) ?? []
  return text === undefined ? undefined : { name: "Error", text: "", children: [{ name: "Code", text, children: [] }] }
}

/** The error of an `<Error>` document, or of headers alone: an answer to HEAD has no body. */
export const errorOf = (
  { status, headers }: Pick<HttpResponse, "status" | "headers">,
  root: XmlElement | undefined,
  localTime: number
): StorageError => {
  const code = root && textOf(root, "Code")
  const region = headers["x-amz-bucket-region"] ?? (root && textOf(root, "Region"))
  const requestId = headers["x-amz-request-id"] ?? (root && textOf(root, "RequestId"))
  const retryAfter = headers["retry-after"]
  const serverTime = timeOf(headers["date"])
  return storageErrorOf({
    // CompleteMultipartUpload and CopyObject say 200 before they know; what comes then is an error of the service.
    status: status < 300 ? 500 : status,
    localTime,
    ...(code !== undefined && { code }),
    ...(region !== undefined && { region }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(serverTime !== undefined && { serverTime })
  })
}
