/**
 * What headers of answers say of a blob, and headers of requests.
 */
import { StorageError, type ObjectInfo, type Path, type WriteOptions } from "@mooring/core"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import type { AzureBlobSettings } from "./AzureBlobSettings.ts"
import { meantNames, storedNames } from "./metadataNames.ts"
import { formatModified, parseModified, timeOf } from "./times.ts"

const metaPrefix = "x-ms-meta-"

/** Where rclone keeps the modification time. */
const mtime = "mtime"

/** What marks a blob without bytes as a directory, as in hierarchical namespaces. */
export const folderMark = "hdi_isfolder"

/** Metadata of a blob, names in lower case, as it is stored. */
export const storedMetadata = (headers: Headers): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(metaPrefix))
      .map(([name, value]) => [name.slice(metaPrefix.length), value])
  )

/** An ETag as conditions want it: in quotes, which listings leave out. */
export const validatorOf = (etag: string | undefined): string | undefined =>
  etag === undefined || etag === "" ? undefined : etag.startsWith('"') || etag.startsWith("W/") ? etag : `"${etag}"`

/** An MD5 in base64 as lower-case hex; undefined if it is none. */
export const md5Of = (base64: string | undefined): string | undefined => {
  const bytes = base64 === undefined ? Buffer.alloc(0) : Buffer.from(base64, "base64")
  return bytes.byteLength === 16 ? bytes.toString("hex") : undefined
}

/** `bytes 0-9/100` to its numbers; undefined if it is not of this form. */
export const contentRangeOf = (headers: Headers) => {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers["content-range"] ?? "")
  return match === null ? undefined : { start: Number(match[1]), end: Number(match[2]), size: Number(match[3]) }
}

/** The number of bytes of the body of an answer; undefined if it does not say. */
export const contentLengthOf = (headers: Headers): number | undefined =>
  /^\d{1,16}$/.test(headers["content-length"] ?? "") ? Number(headers["content-length"]) : undefined

/** What is known of a blob, from an answer or a listing. Values as they are on the wire. */
export interface BlobFacts {
  readonly size?: number | undefined
  readonly etag?: string | undefined
  readonly modified?: number | undefined
  readonly contentType?: string | undefined
  /** In base64. */
  readonly md5?: string | undefined
  readonly tier?: string | undefined
  readonly metadata: Readonly<Record<string, string>>
}

/** Whether a blob stands for a directory: it has no bytes and says so. */
export const isFolder = ({ size, metadata }: BlobFacts): boolean =>
  (size ?? 0) === 0 && metadata[folderMark]?.toLowerCase() === "true"

/** A blob as an object. */
export const infoOf = (path: Path, facts: BlobFacts): ObjectInfo => {
  const { [mtime]: stored, ...metadata } = facts.metadata
  const modified = parseModified(stored) ?? facts.modified
  const validator = validatorOf(facts.etag)
  const md5 = md5Of(facts.md5)
  return {
    kind: "object",
    path,
    metadata: meantNames(metadata),
    ...(facts.size !== undefined && { size: facts.size }),
    ...(modified !== undefined && { modified }),
    ...(validator !== undefined && { validator }),
    ...(facts.contentType !== undefined && { contentType: facts.contentType }),
    ...(md5 !== undefined && { checksums: { md5 } }),
    ...(facts.tier !== undefined && { tier: facts.tier })
  }
}

/** What the answer to HEAD or GET says. The MD5 of a range is not that of the blob, which then has a header of its own. */
export const factsOf = (headers: Headers): BlobFacts => {
  const range = contentRangeOf(headers)
  return {
    size: range?.size ?? contentLengthOf(headers),
    etag: headers["etag"],
    modified: timeOf(headers["last-modified"]),
    contentType: headers["content-type"],
    md5: range === undefined ? headers["content-md5"] : headers["x-ms-blob-content-md5"],
    tier: headers["x-ms-access-tier"],
    metadata: storedMetadata(headers)
  }
}

const printable = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/
const token = /^[a-z0-9!#$%&'*+.^_`|~-]+$/

const invalid = (detail: string) => StorageError.of("invalid_value", detail)

/** The headers in which a blob keeps what `write` was given. Fails with `invalid_value` for what a header cannot hold. */
export const storedHeaders = Effect.fnUntraced(function* ({ modified, contentType, metadata = {} }: WriteOptions) {
  if (contentType !== undefined && !printable.test(contentType)) {
    return yield* invalid("the content type is not printable ASCII")
  }
  const named = Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]))
  for (const [name, value] of Object.entries(named)) {
    if (!token.test(name) || name === mtime || name === folderMark) {
      return yield* invalid("a name of the metadata is not one that Azure can keep")
    }
    if (!printable.test(value)) return yield* invalid("a value of the metadata is empty or not printable ASCII")
  }
  if (modified !== undefined) yield* requireWritable(modified)
  const stored = storedNames(named)
  if (stored === undefined) return yield* invalid("two names of the metadata would become the same at Azure")
  return {
    ...(contentType !== undefined && { "x-ms-blob-content-type": contentType }),
    ...metadataHeaders({ ...stored, ...(modified !== undefined && { [mtime]: formatModified(modified) }) })
  } as Headers
})

/** Times that have four digits of a year: from 0000 to 9999, in milliseconds since 1970. */
const isWritable = (modified: number): boolean => modified >= -62_167_219_200_000 && modified <= 253_402_300_799_999

/** Fails with `invalid_value` for a time that the metadata cannot hold. */
export const requireWritable = (modified: number): Effect.Effect<void, StorageError> =>
  isWritable(modified) ? Effect.void : Effect.fail(invalid("the modification time is not in the years 0 to 9999"))

/** Metadata as it is stored, as headers. */
export const metadataHeaders = (metadata: Readonly<Record<string, string>>): Headers =>
  Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`${metaPrefix}${name}`, value]))

/** The metadata of a blob with another modification time. */
export const withModified = (
  metadata: Readonly<Record<string, string>>,
  modified: number
): Readonly<Record<string, string>> => ({ ...metadata, [mtime]: formatModified(modified) })

/** The headers of conditions on what is at the place now. */
export const conditionHeaders = (options: { readonly ifMatch?: string; readonly ifNoneMatch?: "*" }): Headers => ({
  ...(options.ifMatch !== undefined && { "if-match": options.ifMatch }),
  ...(options.ifNoneMatch !== undefined && { "if-none-match": options.ifNoneMatch })
})

/** The header of the tier of new blobs. */
export const tierHeaders = ({ accessTier }: AzureBlobSettings): Headers =>
  accessTier === undefined ? {} : { "x-ms-access-tier": accessTier }

/** The header of what a deletion does with snapshots. */
export const snapshotHeaders = ({ deleteSnapshots }: AzureBlobSettings): Headers =>
  deleteSnapshots === "" ? {} : { "x-ms-delete-snapshots": deleteSnapshots }
