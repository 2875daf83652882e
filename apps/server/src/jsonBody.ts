/**
 * The JSON body of a request: an object, at most 1 MiB, valid UTF-8, no key twice.
 */
import * as Effect from "effect/Effect"
import { HttpServerRequest } from "effect/http/HttpServerRequest"
import * as Stream from "effect/Stream"
import { hasDuplicateKeys } from "./duplicateKeys.ts"
import { refused, RequestRefused } from "./RequestRefused.ts"

const limit = 1024 * 1024
const tooLarge = refused("body_too_large", "the body is larger than 1 MiB")

const parse = (bytes: Uint8Array): unknown => {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  const value = JSON.parse(text) as unknown
  if (hasDuplicateKeys(text)) throw refused("invalid_body", "the body names a key twice")
  return value
}

/** Fails with `unsupported_media_type`, `body_too_large` or `invalid_body`. */
export const jsonBody = Effect.gen(function* () {
  const request = yield* HttpServerRequest
  const [type = ""] = (request.headers["content-type"] ?? "").split(";")
  if (type.trim().toLowerCase() !== "application/json") {
    return yield* refused("unsupported_media_type", "the content type must be application/json")
  }
  if (Number(request.headers["content-length"] ?? 0) > limit) return yield* tooLarge
  const blocks: Array<Uint8Array> = []
  let size = 0
  yield* Stream.runForEach(request.stream, (block) => {
    size += block.byteLength
    blocks.push(block)
    return size > limit ? Effect.fail(tooLarge) : Effect.void
  }).pipe(Effect.catchTag("HttpServerError", () => Effect.fail(refused("invalid_body", "the body did not arrive"))))
  const value = yield* Effect.try({
    try: () => parse(Buffer.concat(blocks)),
    catch: (error) => (error instanceof RequestRefused ? error : refused("invalid_body", "the body is not valid JSON"))
  })
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value
    : yield* refused("invalid_body", "the body must be a JSON object")
})
