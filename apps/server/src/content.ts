/**
 * The bytes of objects, streamed both ways, one block per pull.
 */
import type { ObjectInfo } from "@mooring/core/ObjectInfo"
import type { Range } from "@mooring/core/ObjectStore"
import { boundsOf } from "@mooring/core/ranges"
import { StorageError } from "@mooring/core/StorageError"
import { Backends } from "@mooring/host"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { HttpServerRequest } from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Stream from "effect/Stream"
import { rangeOf } from "./byteRange.ts"
import { entryJson } from "./json.ts"
import { parameter, pathQuery } from "./requestQuery.ts"
import { refused } from "./RequestRefused.ts"
import { etagOf, ifMatchOf, validatorsOf } from "./validators.ts"

/** The store, path and headers that a request of bytes is about. */
const target = Effect.gen(function* () {
  const { open } = yield* Backends
  const { headers, stream } = yield* HttpServerRequest
  const path = yield* pathQuery("path")
  if (path.length === 0) return yield* refused("is_a_directory", "the query needs the path of an object")
  return { store: yield* open(yield* parameter("id")), path, headers, stream }
})

/** Headers of an object. A browser must not run what strangers stored. */
const headersOf = (info: ObjectInfo) => ({
  "accept-ranges": "bytes",
  "content-type": info.contentType ?? "application/octet-stream",
  "content-security-policy": "sandbox; default-src 'none'",
  ...(info.validator !== undefined && { etag: etagOf(info.validator) }),
  ...(info.modified !== undefined && {
    "last-modified": DateTime.toDateUtc(DateTime.makeUnsafe(Math.round(info.modified))).toUTCString()
  })
})

const unchanged = Effect.fnUntraced(function* (header: string | undefined, { validator }: ObjectInfo) {
  const known = yield* validatorsOf(header)
  return known === "*" || (validator !== undefined && known?.includes(validator) === true)
})

const behindTheEnd = refused("invalid_value", "no byte of the range is in the object", 416)

/** What the store says of a range that starts behind the end is 416 here. */
const unsatisfiable = (range: Range | undefined) => (error: StorageError) =>
  error.reason._tag === "invalid_value" && range !== undefined ? behindTheEnd : error

/** What is sent of an object: all of it, or the bytes of a range, which is never sent as if it were all. */
const sent = Effect.fnUntraced(function* (range: Range | undefined, { size }: ObjectInfo) {
  if (range === undefined || size === 0) return { status: 200, length: size, headers: {} }
  if (size === undefined) return yield* refused("unsupported", "a range of an object of unknown size is not known")
  const [start, end] = boundsOf(range, size) ?? [size, size]
  if (start === end) return yield* behindTheEnd
  return { status: 206, length: end - start, headers: { "content-range": `bytes ${start}-${end - 1}/${size}` } }
})

/** A range that is asked for on a condition is ignored: the whole is right whether or not the condition holds. */
const askedRange = (headers: HttpServerRequest["headers"]): Range | undefined =>
  headers["if-range"] === undefined ? rangeOf(headers["range"]) : undefined

/** GET: 200, 206 or 304. */
export const getContent = Effect.gen(function* () {
  const { store, path, headers } = yield* target
  const range = askedRange(headers)
  const ifMatch = yield* ifMatchOf(headers["if-match"])
  const { info, body } = yield* store
    .read(path, { ...(range && { range }), ...(ifMatch !== undefined && { ifMatch }) })
    .pipe(Effect.mapError(unsatisfiable(range)))
  const all = headersOf(info)
  if (yield* unchanged(headers["if-none-match"], info)) return HttpServerResponse.empty({ status: 304, headers: all })
  const { status, length, headers: more } = yield* sent(range, info)
  return HttpServerResponse.stream(body, {
    status,
    contentType: all["content-type"],
    headers: { ...all, ...more, ...(length !== undefined && { "content-length": String(length) }) }
  })
})

/** HEAD: what GET says, without reading. */
export const headContent = Effect.gen(function* () {
  const { store, path, headers } = yield* target
  const info = yield* store.stat(path)
  if (info.kind !== "object") return yield* refused("is_a_directory", "there is no object at this path")
  const status = (yield* unchanged(headers["if-none-match"], info)) ? 304 : 200
  return HttpServerResponse.empty({
    status,
    headers: { ...headersOf(info), ...(info.size !== undefined && { "content-length": String(info.size) }) }
  })
})

/** PUT: 201 with the entry, once it is durable. A part of an object (RFC 9110, 14.5) would replace the whole. */
export const putContent = Effect.gen(function* () {
  const { store, path, headers: given, stream } = yield* target
  if (given["content-range"] !== undefined) return yield* refused("unsupported", "PUT takes whole objects", 400)
  const ifMatch = yield* ifMatchOf(given["if-match"])
  const ifNoneMatch = given["if-none-match"]?.trim()
  if (ifNoneMatch !== undefined && ifNoneMatch !== "*")
    return yield* refused("unsupported", "If-None-Match takes * here")
  const [size, contentType] = [given["content-length"], given["content-type"]]
  const body = stream.pipe(
    Stream.mapError(() => StorageError.of("invalid_body", "the body did not arrive whole")),
    Stream.rechunk(1)
  )
  const info = yield* store.write(path, body, {
    ...(size !== undefined && { size: Number(size) }),
    ...(contentType !== undefined && store.limits.stores.includes("contentType") && { contentType }),
    ...(ifMatch !== undefined && { ifMatch }),
    ...(ifNoneMatch !== undefined && { ifNoneMatch: "*" as const })
  })
  const data = entryJson(info)
  const headers = { ...(data.etag !== undefined && { etag: data.etag }) }
  return HttpServerResponse.jsonUnsafe({ success: true, data }, { status: 201, headers })
})

/** DELETE: 204, also if it never was. A condition cannot be honoured and is refused. */
export const removeContent = Effect.gen(function* () {
  const { store, path, headers } = yield* target
  if (headers["if-match"] !== undefined) return yield* refused("unsupported", "DELETE takes no condition")
  yield* store.remove(path)
  return HttpServerResponse.empty()
})
