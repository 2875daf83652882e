/** Object attributes from request headers, and back to response headers. */
import { customerKeyAnswer, customerKeyHeaders, readCustomerKey } from "./customerKey.ts"
import type { ObjectAttributes, StoredObject } from "./objects.ts"
import { header, type RawRequest } from "./rawRequest.ts"
import { invalidArgument, S3Failure } from "./S3Failure.ts"

const system = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "expires",
  "x-amz-storage-class",
  "x-amz-server-side-encryption",
  "x-amz-server-side-encryption-aws-kms-key-id",
  "x-amz-website-redirect-location"
]

const metaPrefix = "x-amz-meta-"

/** The x-amz-* headers a request that writes an object may carry. */
export const attributeHeaders = [
  `${metaPrefix}*`,
  "x-amz-acl",
  ...customerKeyHeaders,
  ...system.filter((name) => name.startsWith("x-amz-"))
]

const acls = [
  "private",
  "public-read",
  "public-read-write",
  "authenticated-read",
  "aws-exec-read",
  "bucket-owner-read",
  "bucket-owner-full-control"
]

/** User metadata has at most 2 KiB, names and values together. */
export const readAttributes = (request: RawRequest): ObjectAttributes => {
  const names = [...new Set(request.headers.map(([name]) => name))]
  const pick = (wanted: ReadonlyArray<string>, cut: number) =>
    Object.fromEntries(wanted.map((name) => [name.slice(cut), header(request, name) ?? ""]))
  const metadata = pick(
    names.filter((name) => name.startsWith(metaPrefix)),
    metaPrefix.length
  )
  if (Object.entries(metadata).flat().join("").length > 2048)
    throw new S3Failure(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size")
  const acl = header(request, "x-amz-acl") ?? "private"
  if (!acls.includes(acl)) throw invalidArgument("x-amz-acl", acl, "")
  return {
    publicRead: acl.startsWith("public-read"),
    customerKey: readCustomerKey(request),
    contentType: header(request, "content-type") ?? "binary/octet-stream",
    system: pick(
      names.filter((name) => system.includes(name)),
      0
    ),
    metadata
  }
}

export const attributeAnswer = (stored: StoredObject): Record<string, string> => ({
  "accept-ranges": "bytes",
  "content-type": stored.contentType,
  etag: stored.etag,
  "last-modified": new Date(stored.lastModified).toUTCString(),
  ...stored.system,
  ...customerKeyAnswer(stored.customerKey),
  ...(stored.versionId !== undefined && { "x-amz-version-id": stored.versionId }),
  ...Object.fromEntries(Object.entries(stored.metadata).map(([name, value]) => [`${metaPrefix}${name}`, value]))
})
