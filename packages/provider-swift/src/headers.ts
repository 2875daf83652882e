/**
 * What headers of answers say of an object, and headers of requests.
 *
 * The modification time is in `x-object-meta-mtime` as seconds with a fraction: where rclone puts it, so that people
 * move between the two.
 */
import { StorageError, type ObjectInfo, type Path, type WriteOptions } from "@mooring/core"
import { contentLengthOf, contentRangeOf } from "@mooring/core/byteRange"
import { formatModified, parseModified } from "@mooring/core/modifiedText"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import { bareEtag, timeOf } from "./wire.ts"

const metaPrefix = "x-object-meta-"
const mtime = `${metaPrefix}mtime`
const md5chksum = `${metaPrefix}md5chksum`

/** Ceph keeps among the metadata that an object is a static large one. */
const ofCeph = `${metaPrefix}static-large-object`
const notShown = [mtime, md5chksum, ofCeph]

/** Of a static or dynamic large object, whose ETag is no MD5 of its bytes. */
export const isStatic = (headers: Headers): boolean => headers["x-static-large-object"]?.toLowerCase() === "true"
export const manifestOf = (headers: Headers): string | undefined => headers["x-object-manifest"]
export const isLarge = (headers: Headers): boolean => isStatic(headers) || manifestOf(headers) !== undefined

/** The MD5 of the whole object in lower-case hex; of a large one if it was known when it was stored. */
export const md5Of = (headers: Headers): string | undefined => {
  if (!isLarge(headers)) return /^[0-9a-f]{32}$/.exec(bareEtag(headers["etag"]) ?? "")?.[0]
  const stored = Buffer.from(headers[md5chksum] ?? "", "base64")
  return stored.byteLength === 16 ? stored.toString("hex") : undefined
}

/** When it was stored: `x-timestamp` has seconds with a fraction, `last-modified` whole ones. */
const storedAt = (headers: Headers): number | undefined =>
  parseModified(headers["x-timestamp"]) ?? timeOf(headers["last-modified"])

/** What the answer to HEAD or GET says of the object. */
export const objectInfoOf = (path: Path, headers: Headers): ObjectInfo => {
  const size = contentRangeOf(headers)?.size ?? contentLengthOf(headers)
  const modified = parseModified(headers[mtime]) ?? storedAt(headers)
  const validator = bareEtag(headers["etag"])
  const contentType = headers["content-type"]
  const md5 = md5Of(headers)
  const metadata = Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(metaPrefix) && !notShown.includes(name))
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
    ...(md5 !== undefined && { checksums: { md5 } })
  }
}

const printable = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

/** Servers take `_` in a name for `-`, or leave the header out. */
const metadataName = /^[a-z0-9!#$%&'*+.^`|~-]+$/

/**
 * The headers in which an object keeps what `write` was given. Names of metadata become lower case. Fails with
 * `invalid_value` for what a header cannot hold.
 */
export const storedHeaders = Effect.fnUntraced(function* ({ modified, contentType, metadata = {} }: WriteOptions) {
  const headers: Record<string, string> = {}
  if (contentType !== undefined) {
    if (!printable.test(contentType)) {
      return yield* StorageError.of("invalid_value", "the content type is not printable ASCII")
    }
    headers["content-type"] = contentType
  }
  for (const [given, value] of Object.entries(metadata)) {
    const name = given.toLowerCase()
    if (!metadataName.test(name) || notShown.includes(metaPrefix + name)) {
      return yield* StorageError.of("invalid_value", "a name of the metadata is not one that Swift can keep as it is")
    }
    if (!printable.test(value)) {
      return yield* StorageError.of("invalid_value", "a value of the metadata is empty or not printable ASCII")
    }
    headers[metaPrefix + name] = value
  }
  if (modified !== undefined) headers[mtime] = formatModified(modified)
  return headers as Headers
})

/** Header of the modification time. */
export const modifiedHeader = (modified: number): Headers => ({ [mtime]: formatModified(modified) })

/** Header of the MD5 of a large object, from lower-case hex. */
export const md5Header = (md5: string): Headers => ({ [md5chksum]: Buffer.from(md5, "hex").toString("base64") })

const kept = new Set([
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "expires",
  "x-delete-at",
  "x-object-manifest",
  "x-robots-tag"
])

/** The headers of an object that POST takes away unless they are sent again. */
export const keptHeaders = (headers: Headers): Headers =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => kept.has(name) || (name.startsWith(metaPrefix) && name !== ofCeph))
  )
