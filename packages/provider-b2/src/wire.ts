/**
 * Bodies of answers. Lenient: only the fields that are used, whatever else is there.
 *
 * Source: https://www.backblaze.com/apidocs
 */
import { StorageError } from "@mooring/core"
import { collectBytes, type HttpResponse } from "@mooring/core/Transport"
import { looksLikeHtml } from "@mooring/core/xml/looksLikeHtml"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** An answer longer than this is no listing: 1,000 files with the largest file info fit. */
const maxBytes = 32 * 1024 * 1024

const maybe = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))

/** A version of a file, as listings and uploads show it. */
export const FileVersion = Schema.Struct({
  /** `upload`, `copy`, `hide`, `start` (of a large file that is not finished) or `folder`. */
  action: maybe(Schema.String),
  fileId: maybe(Schema.String),
  fileName: Schema.String,
  contentLength: maybe(Schema.Number),
  /** Hex, `none`, or hex after `unverified:`. */
  contentSha1: maybe(Schema.String),
  contentMd5: maybe(Schema.String),
  contentType: maybe(Schema.String),
  fileInfo: maybe(Schema.Record(Schema.String, Schema.String)),
  uploadTimestamp: maybe(Schema.Number)
})
/** A decoded version. */
export type FileVersion = typeof FileVersion.Type

/** b2_list_file_names, b2_list_file_versions and b2_list_unfinished_large_files. */
export const FileList = Schema.Struct({
  files: Schema.Array(FileVersion),
  nextFileName: maybe(Schema.String),
  nextFileId: maybe(Schema.String)
})

/** A file that was begun or stored. */
export const NewFile = Schema.Struct({ fileId: Schema.String })

/** b2_list_buckets. */
export const BucketList = Schema.Struct({
  buckets: Schema.Array(
    Schema.Struct({ bucketId: Schema.String, bucketName: Schema.String, accountId: maybe(Schema.String) })
  )
})

/** b2_get_upload_url and b2_get_upload_part_url. */
export const UploadUrl = Schema.Struct({ uploadUrl: Schema.String, authorizationToken: Schema.String })

/** b2_list_parts. */
export const PartList = Schema.Struct({
  parts: Schema.Array(
    Schema.Struct({ partNumber: Schema.Number, contentLength: Schema.Number, contentSha1: Schema.String })
  ),
  nextPartNumber: maybe(Schema.Number)
})

/** b2_get_download_authorization. */
export const DownloadAuthorization = Schema.Struct({ authorizationToken: Schema.String })

/** Answers of which nothing is used. */
export const Anything = Schema.Struct({})

const allowed = {
  capabilities: maybe(Schema.Array(Schema.String)),
  namePrefix: maybe(Schema.String),
  buckets: maybe(Schema.Array(Schema.Struct({ id: Schema.String, name: maybe(Schema.String) }))),
  bucketId: maybe(Schema.String),
  bucketName: maybe(Schema.String)
}

const storageApi = {
  apiUrl: maybe(Schema.String),
  downloadUrl: maybe(Schema.String),
  allowed: maybe(Schema.Struct(allowed))
}

/**
 * b2_authorize_account. Versions 1 and 2 have everything at the top and one bucket in `allowed`; version 3 has it all in
 * `apiInfo.storageApi`; version 4 has `allowed` there, in which `buckets` is null for a key of all buckets.
 */
export const Account = Schema.Struct({
  accountId: Schema.String,
  authorizationToken: Schema.String,
  ...storageApi,
  apiInfo: maybe(Schema.Struct({ storageApi: maybe(Schema.Struct({ ...storageApi, ...allowed })) }))
})

/** The document of a refusal. */
export const Refusal = Schema.Struct({ code: maybe(Schema.String) })

/** A web page, or something else that is no answer of B2. */
export const notB2 = (): StorageError =>
  StorageError.of("not_a_storage_endpoint", "the answer is none of B2's native API", {
    pointer: "#/endpoint",
    suggestion: "leave it out for Backblaze, or write the address of the native API, which is not that of a console"
  })

/** The JSON of an answer. What is none, or another document, is `not_a_storage_endpoint`. */
export const documentOf = Effect.fnUntraced(function* <A>(response: HttpResponse, schema: Schema.Codec<A, unknown>) {
  const bytes = yield* collectBytes(response.body, maxBytes)
  if (looksLikeHtml(bytes)) return yield* notB2()
  const decode = Schema.decodeUnknownEffect(Schema.fromJsonString(schema))
  return yield* Effect.mapError(decode(new TextDecoder().decode(bytes)), notB2)
})
