/** What a request stores with a blob, and what an answer tells of it. */
import { AzureFailure, badHeader, missingHeader } from "./AzureFailure.ts"
import { md5, type Blob, type BlobAttributes } from "./blobs.ts"
import { header, type RawRequest } from "./rawRequest.ts"

export const attributeHeaders = [
  "x-ms-blob-content-type",
  "x-ms-blob-content-md5",
  "x-ms-blob-cache-control",
  "x-ms-blob-content-encoding",
  "x-ms-blob-content-language",
  "x-ms-blob-content-disposition",
  "x-ms-access-tier",
  "x-ms-meta-*"
]

const tiers = ["Hot", "Cool", "Cold", "Archive"]

/** The tier of a header; `Hot` is that of the account. */
export const tierIn = (request: RawRequest): string => {
  const tier = header(request, "x-ms-access-tier") ?? "Hot"
  if (!tiers.includes(tier)) throw badHeader("x-ms-access-tier", tier)
  return tier
}

/** Names as those of variables in C#: https://learn.microsoft.com/rest/api/storageservices/setting-and-retrieving-properties-and-metadata-for-blob-resources */
export const metadataIn = (request: RawRequest): Readonly<Record<string, string>> => {
  const found = request.headers.filter(([name]) => name.startsWith("x-ms-meta-"))
  for (const [name, value] of found) {
    const key = name.slice(10)
    if (key === "") throw new AzureFailure(400, "EmptyMetadataKey", "The key for one of the metadata pairs is empty.")
    if (!/^[A-Za-z_]\w*$/.test(key) || value.trim() === "")
      throw new AzureFailure(400, "InvalidMetadata", "The metadata specified is invalid.")
  }
  const size = found.reduce((sum, [name, value]) => sum + name.length - 10 + value.length, 0)
  if (size > 8192) throw new AzureFailure(400, "MetadataTooLarge", "The metadata specified exceeds the maximum size.")
  return Object.fromEntries(found.map(([name, value]) => [name.slice(10), value.trim()]))
}

/** The MD5 that the service computes, or the one that is given for bytes it did not see together. */
export const attributesIn = (request: RawRequest, computed?: string): BlobAttributes => {
  const of = (name: string) => header(request, `x-ms-blob-${name}`)
  const given = of("content-md5") ?? computed
  const system = Object.entries({
    "content-md5": given,
    "cache-control": of("cache-control"),
    "content-encoding": of("content-encoding"),
    "content-language": of("content-language"),
    "content-disposition": of("content-disposition")
  }).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return {
    contentType: of("content-type") ?? header(request, "content-type") ?? "application/octet-stream",
    system: Object.fromEntries(system),
    metadata: metadataIn(request),
    tier: tierIn(request)
  }
}

/** The body must be what Content-MD5 says, where it is given. */
export const verifyMd5 = (request: RawRequest): string => {
  const found = md5(request.body)
  const announced = header(request, "content-md5")
  if (announced === undefined || announced === found) return found
  if (Buffer.from(announced, "base64").byteLength !== 16)
    throw new AzureFailure(400, "InvalidMd5", "The MD5 value specified in the request is invalid.")
  throw new AzureFailure(
    400,
    "Md5Mismatch",
    "The MD5 value specified in the request did not match with the MD5 value calculated by the server."
  )
}

/** A request with a body says how long it is. */
export const requireLength = (request: RawRequest): void => {
  if (header(request, "content-length") === undefined)
    throw new AzureFailure(411, "MissingContentLengthHeader", "The Content-Length header was not specified.")
}

export const requireHeader = (request: RawRequest, name: string): string => {
  const value = header(request, name)
  if (value === undefined) throw missingHeader(name)
  return value
}

/** Of the answer to a write. */
export const writtenHeaders = ({ etag, lastModified, versionId }: Blob): Readonly<Record<string, string>> => ({
  etag,
  "last-modified": new Date(lastModified).toUTCString(),
  ...(versionId !== undefined && { "x-ms-version-id": versionId })
})

const copyHeaders = ({ copy }: Blob): Readonly<Record<string, string>> =>
  copy === undefined
    ? {}
    : { "x-ms-copy-id": copy.id, "x-ms-copy-status": copy.status, "x-ms-copy-source": copy.source }

/** Of the answer to HEAD and GET. */
export const blobHeaders = (blob: Blob, isCurrent: boolean): Readonly<Record<string, string>> => ({
  ...writtenHeaders(blob),
  "content-type": blob.contentType,
  ...blob.system,
  "x-ms-blob-type": "BlockBlob",
  "x-ms-access-tier": blob.tier,
  "accept-ranges": "bytes",
  ...(isCurrent && blob.versionId !== undefined && { "x-ms-is-current-version": "true" }),
  ...(blob.rehydratingTo !== undefined && {
    "x-ms-archive-status": `rehydrate-pending-to-${blob.rehydratingTo.toLowerCase()}`
  }),
  ...copyHeaders(blob),
  ...Object.fromEntries(Object.entries(blob.metadata).map(([name, value]) => [`x-ms-meta-${name}`, value]))
})
