/**
 * What headers of answers say of an object, and headers of requests.
 *
 * The modification time is in `x-amz-meta-mtime` as seconds with a fraction, and the MD5 of an object that was uploaded
 * in parts in `x-amz-meta-md5chksum` as base64: where rclone puts them, so that people move between the two.
 */
import { StorageError, type ObjectInfo, type Path, type WriteOptions } from "@mooring/core"
import { contentLengthOf, contentRangeOf } from "@mooring/core/byteRange"
import { formatModified, parseModified } from "@mooring/core/modifiedText"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import type { Gzip, S3Settings } from "./S3Settings.ts"
import { timeOf } from "./wire.ts"

const metaPrefix = "x-amz-meta-"
const mtime = `${metaPrefix}mtime`
const md5chksum = `${metaPrefix}md5chksum`

/** Whether the ETag of an answer may be an MD5: with keys of KMS or of the customer it never is. */
const plain = (headers: Headers): boolean =>
  !(headers["x-amz-server-side-encryption"] ?? "").startsWith("aws:") &&
  headers["x-amz-server-side-encryption-customer-algorithm"] === undefined

/** The MD5 in lower-case hex that the ETag of an answer is; undefined if it is none. */
export const md5OfEtag = (headers: Headers): string | undefined => {
  const match = plain(headers) ? /^"?([0-9a-fA-F]{32})"?$/.exec(headers["etag"] ?? "") : null
  return match?.[1]?.toLowerCase()
}

const md5OfMetadata = (headers: Headers): string | undefined => {
  const text = headers[md5chksum]
  const bytes = text === undefined ? Buffer.alloc(0) : Buffer.from(text, "base64")
  return bytes.byteLength === 16 ? bytes.toString("hex") : undefined
}

/** Whether ETags of this backend's own objects can be MD5s, whatever the answers to its requests say. */
export const etagsAreMd5 = ({
  encryption,
  customerKey,
  directoryBuckets
}: Pick<S3Settings, "encryption" | "customerKey" | "directoryBuckets">): boolean =>
  customerKey === undefined && directoryBuckets === undefined && encryption?.algorithm.startsWith("aws:") !== true

/**
 * The MD5 in lower-case hex of the bytes that are stored, from the ETag or the metadata; undefined if none is known.
 * ETags of directory buckets look like MD5s and are none.
 */
export const md5Of = (
  headers: Headers,
  { directoryBuckets }: Pick<S3Settings, "directoryBuckets">
): string | undefined => (directoryBuckets === undefined ? md5OfEtag(headers) : undefined) ?? md5OfMetadata(headers)

/** An ETag as conditions want it: in quotes, which some services leave out in places. */
export const validatorOf = (etag: string | undefined): string | undefined =>
  etag === undefined || etag === "" || etag.startsWith('"') || etag.startsWith("W/") ? etag || undefined : `"${etag}"`

/** What the answer to HEAD or GET says of the object; without a size where its bytes are not what is stored. */
export const objectInfoOf = (
  path: Path,
  headers: Headers,
  { gzip, systemMetadata, directoryBuckets }: Pick<S3Settings, "gzip" | "systemMetadata" | "directoryBuckets">
): ObjectInfo => {
  const size = undoesGzip(headers, gzip) ? undefined : (contentRangeOf(headers)?.size ?? contentLengthOf(headers))
  const modified = parseModified(headers[mtime]) ?? timeOf(headers["last-modified"])
  const validator = validatorOf(headers["etag"])
  const contentType = systemMetadata ? headers["content-type"] : undefined
  const md5 = undoesGzip(headers, gzip) ? undefined : md5Of(headers, { directoryBuckets })
  const tier = systemMetadata ? headers["x-amz-storage-class"] : undefined
  const metadata = Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(metaPrefix) && name !== mtime && name !== md5chksum)
      .map(([name, value]) => [name.slice(metaPrefix.length), value])
  )
  return {
    kind: "object",
    path,
    metadata,
    ...(size !== undefined && { size }),
    ...(modified !== undefined && { modified }),
    ...(validator !== undefined && { validator }),
    ...(contentType !== undefined && { contentType }),
    ...(md5 !== undefined && { checksums: { md5 } }),
    ...(tier !== undefined && { tier })
  }
}

/**
 * Whether the bytes of an answer are read without the gzip that they came in: because they are stored so and that is
 * asked for, or because the service compressed them on the way, which it shows by not saying how many there are.
 */
export const undoesGzip = (headers: Headers, { decompress, mayCompress }: Gzip): boolean =>
  headers["content-encoding"] === "gzip" &&
  (decompress || (mayCompress && headers["content-length"] === undefined && headers["content-range"] === undefined))

const noContentType = StorageError.of("unsupported", "content types are not stored under no_system_metadata", {
  pointer: "#/no_system_metadata"
})

const printable = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/
const token = /^[a-z0-9!#$%&'*+.^_`|~-]+$/

/**
 * The headers in which an object keeps what `write` was given. Names of metadata become lower case. Fails with
 * `invalid_value` for what a header cannot hold.
 */
export const storedHeaders = Effect.fnUntraced(function* (
  { modified, contentType, metadata = {} }: WriteOptions,
  { systemMetadata }: Pick<S3Settings, "systemMetadata">
) {
  const headers: Record<string, string> = {}
  if (contentType !== undefined) {
    if (!systemMetadata) return yield* noContentType
    if (!printable.test(contentType))
      return yield* StorageError.of("invalid_value", "the content type is not printable ASCII")
    headers["content-type"] = contentType
  }
  for (const [given, value] of Object.entries(metadata)) {
    const name = given.toLowerCase()
    if (!token.test(name) || metaPrefix + name === mtime || metaPrefix + name === md5chksum) {
      return yield* StorageError.of("invalid_value", "a name of the metadata is not one that S3 can keep as it is")
    }
    if (value !== "" && !printable.test(value)) {
      return yield* StorageError.of("invalid_value", "a value of the metadata is not printable ASCII")
    }
    headers[metaPrefix + name] = value
  }
  if (modified !== undefined) headers[mtime] = formatModified(modified)
  return headers as Headers
})

/** Header of the modification time. */
export const modifiedHeader = (modified: number): Headers => ({ [mtime]: formatModified(modified) })

/** Header of the MD5 of a whole object, from lower-case hex. */
export const md5Header = (md5: string): Headers => ({ [md5chksum]: Buffer.from(md5, "hex").toString("base64") })

const kept = new Set([
  "x-amz-server-side-encryption",
  "x-amz-server-side-encryption-aws-kms-key-id",
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires",
  "x-amz-storage-class",
  "x-amz-website-redirect-location"
])

/** The headers of an object that must be sent again where a copy replaces them or is made in parts. */
export const keptHeaders = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => kept.has(name) || name.startsWith(metaPrefix)))

/** The headers of conditions on what is at the place now. */
export const conditionHeaders = (options: { readonly ifMatch?: string; readonly ifNoneMatch?: "*" }): Headers => ({
  ...(options.ifMatch !== undefined && { "if-match": options.ifMatch }),
  ...(options.ifNoneMatch !== undefined && { "if-none-match": options.ifNoneMatch })
})
