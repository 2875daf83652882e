/**
 * Bodies of answers. Lenient: only the fields that are used, whatever else is there.
 *
 * Source: https://cloud.google.com/storage/docs/json_api/v1
 */
import { StorageError } from "@mooring/core"
import { collectBytes, type HttpResponse } from "@mooring/core/Transport"
import { looksLikeHtml } from "@mooring/core/xml/looksLikeHtml"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** An answer longer than this is no listing: 1,000 objects with the largest metadata fit. */
const maxBytes = 64 * 1024 * 1024

const maybe = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))

/** Numbers of 64 bits come as text; some servers send them as numbers. */
const long = Schema.Union([Schema.String, Schema.Number])

/** An object resource: https://cloud.google.com/storage/docs/json_api/v1/objects#resource */
export const ObjectResource = Schema.Struct({
  name: Schema.String,
  generation: maybe(long),
  metageneration: maybe(long),
  size: maybe(long),
  contentType: maybe(Schema.String),
  contentEncoding: maybe(Schema.String),
  contentDisposition: maybe(Schema.String),
  contentLanguage: maybe(Schema.String),
  cacheControl: maybe(Schema.String),
  customTime: maybe(Schema.String),
  /** Base64. Objects that were composed have none. */
  md5Hash: maybe(Schema.String),
  /** Base64 of big-endian bytes. */
  crc32c: maybe(Schema.String),
  storageClass: maybe(Schema.String),
  updated: maybe(Schema.String),
  timeCreated: maybe(Schema.String),
  timeDeleted: maybe(Schema.String),
  metadata: maybe(Schema.Record(Schema.String, Schema.String))
})
/** A decoded object. */
export type ObjectResource = typeof ObjectResource.Type

/** A page of objects. Any document would do without its kind. */
export const ObjectList = Schema.Struct({
  kind: Schema.Literal("storage#objects"),
  items: maybe(Schema.Array(ObjectResource)),
  prefixes: maybe(Schema.Array(Schema.String)),
  nextPageToken: maybe(Schema.String)
})

/** A bucket resource. */
export const BucketResource = Schema.Struct({ name: Schema.String, timeCreated: maybe(Schema.String) })

/** A page of buckets. */
export const BucketList = Schema.Struct({
  kind: Schema.Literal("storage#buckets"),
  items: maybe(Schema.Array(BucketResource)),
  nextPageToken: maybe(Schema.String)
})

/** One step of a rewrite: https://cloud.google.com/storage/docs/json_api/v1/objects/rewrite */
export const RewriteStep = Schema.Struct({
  done: Schema.Boolean,
  rewriteToken: maybe(Schema.String),
  resource: maybe(ObjectResource)
})

/** The document of a refusal. */
export const ErrorDocument = Schema.Struct({
  error: maybe(
    Schema.Struct({
      message: maybe(Schema.String),
      errors: maybe(Schema.Array(Schema.Struct({ reason: maybe(Schema.String) })))
    })
  )
})

/** A web page, or something else that is no answer of the JSON API. */
export const notAStore = (detail = "the answer is none of Cloud Storage", status?: number): StorageError =>
  StorageError.of("not_a_storage_endpoint", detail, {
    pointer: "#/endpoint",
    suggestion: "leave it out for Google, or write the address of the JSON API, and not of a web console",
    ...(status !== undefined && { status })
  })

const damaged = StorageError.of("integrity_error", "the answer is JSON that is damaged or cut off", {
  retryable: false
})

/** The JSON of an answer. What is none, or another document, is `not_a_storage_endpoint`. */
export const documentOf = Effect.fnUntraced(function* <A>(response: HttpResponse, schema: Schema.Codec<A, unknown>) {
  const bytes = yield* collectBytes(response.body, maxBytes)
  if (looksLikeHtml(bytes)) return yield* notAStore("a web page answered and no object store")
  const text = new TextDecoder().decode(bytes)
  const json = yield* Effect.mapError(Schema.decodeUnknownEffect(Schema.fromJsonString(Schema.Unknown))(text), () =>
    text.startsWith("{") ? damaged : notAStore()
  )
  return yield* Effect.mapError(Schema.decodeUnknownEffect(schema)(json), () => notAStore())
})
