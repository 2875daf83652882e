/**
 * Bytes of an object with their headers, decompressed where that is due.
 *
 * Sources: https://cloud.google.com/storage/docs/transcoding,
 * https://cloud.google.com/storage/docs/xml-api/reference-headers
 */
import { gunzipSync } from "node:zlib"
import type { Answer } from "../Answer.ts"
import { readRange } from "../byteRange.ts"
import type { StoredObject } from "../objects.ts"
import { header, type RawRequest } from "../rawRequest.ts"
import { etagOf } from "../resources.ts"

const headersOf = (stored: StoredObject): Record<string, string> => {
  const { attributes, md5Hash } = stored
  const told: Record<string, string | undefined> = {
    "content-type": attributes.contentType ?? "application/octet-stream",
    "cache-control": attributes.cacheControl,
    "content-disposition": attributes.contentDisposition,
    "content-encoding": attributes.contentEncoding,
    "content-language": attributes.contentLanguage,
    etag: etagOf(stored),
    "last-modified": new Date(stored.updated).toUTCString(),
    "x-goog-generation": stored.generation,
    "x-goog-metageneration": String(stored.metageneration),
    "x-goog-storage-class": stored.storageClass,
    "x-goog-stored-content-encoding": attributes.contentEncoding ?? "identity",
    "x-goog-stored-content-length": String(stored.body.length),
    "x-goog-hash": `crc32c=${stored.crc32c}${md5Hash === undefined ? "" : `,md5=${md5Hash}`}`
  }
  return Object.fromEntries(Object.entries(told).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

const acceptsGzip = (request: RawRequest): boolean =>
  /(^|[\s,])gzip(\s*;\s*q=(?!0(\.0+)?\s*(,|$))|\s*(,|$))/i.test(header(request, "accept-encoding") ?? "")

/** Compressed objects go out decompressed and whole to those who do not take gzip. */
const isTranscoded = (request: RawRequest, { attributes }: StoredObject): boolean =>
  attributes.contentEncoding === "gzip" && !acceptsGzip(request) && !/no-transform/i.test(attributes.cacheControl ?? "")

export const mediaAnswer = (request: RawRequest, stored: StoredObject): Answer => {
  const headers = headersOf(stored)
  if (isTranscoded(request, stored)) {
    const { "content-encoding": _gzip, ...rest } = headers
    const told = {
      ...rest,
      "x-guploader-response-body-transformations": "gunzipped",
      warning: "214 UploadServer gunzipped"
    }
    return { status: 200, headers: told, body: gunzipSync(stored.body) }
  }
  const range = readRange(header(request, "range"), stored.body.length)
  if (range === undefined) return { status: 200, headers, body: stored.body }
  const { start, end } = range
  return {
    status: 206,
    headers: { ...headers, "content-range": `bytes ${start}-${end}/${stored.body.length}` },
    body: stored.body.subarray(start, end + 1)
  }
}
