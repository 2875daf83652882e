/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html: by key, then the newest first. */
import { xmlAnswer } from "../Answer.ts"
import { compareKeys } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { parameter } from "../rawRequest.ts"
import { invalidArgument } from "../S3Failure.ts"
import { versionsOf, type Kept } from "../versions.ts"
import { document, element } from "../xml.ts"
import { readEncoding, readLimit } from "./listingParameters.ts"

/** Versions and common prefixes behind the marker; a common prefix stands once, where its first key would. */
const pageOf = (
  sorted: ReadonlyArray<Kept>,
  { prefix, delimiter, limit }: { readonly prefix: string; readonly delimiter: string; readonly limit: number },
  isBehind: (name: string, versionId: string | undefined) => boolean
) => {
  const rows: Array<{ readonly name: string; readonly kept?: Kept }> = []
  for (const kept of sorted) {
    if (!kept.key.startsWith(prefix)) continue
    const cut = delimiter === "" ? -1 : kept.key.indexOf(delimiter, prefix.length)
    const name = cut < 0 ? kept.key : kept.key.slice(0, cut + delimiter.length)
    const row = cut < 0 ? { name, kept } : { name }
    if (!isBehind(name, row.kept?.versionId) || (cut >= 0 && rows.at(-1)?.name === name)) continue
    if (rows.length >= limit) return { rows, last: rows.at(-1) }
    rows.push(row)
  }
  return { rows, last: undefined }
}

export const listObjectVersions: Operation = {
  name: "ListObjectVersions",
  method: "GET",
  level: "bucket",
  requires: ["versions"],
  permits: ["prefix", "delimiter", "key-marker", "version-id-marker", "max-keys", "encoding-type"],
  headers: [],
  access: "read",
  run: ({ request, bucket, pageSize }) => {
    const encode = readEncoding(request)
    const limit = readLimit(request, "max-keys")
    const [prefix = "", delimiter = ""] = [parameter(request, "prefix"), parameter(request, "delimiter")]
    const [keyMarker, idMarker] = [parameter(request, "key-marker"), parameter(request, "version-id-marker")]
    if (idMarker === "") throw invalidArgument("version-id-marker", "", "A version-id marker cannot be empty.")
    if (idMarker !== undefined && keyMarker === undefined)
      throw invalidArgument(
        "version-id-marker",
        idMarker,
        "A version-id marker cannot be specified without a key marker."
      )
    const sorted = [...versionsOf(bucket())].sort((left, right) => compareKeys(left.key, right.key))
    let passed = false
    const isBehind = (name: string, versionId: string | undefined): boolean => {
      if (keyMarker === undefined) return true
      const order = compareKeys(name, keyMarker)
      if (order !== 0 || idMarker === undefined) return order > 0
      const behind = passed
      passed ||= versionId === idMarker
      return behind
    }
    const page = pageOf(sorted, { prefix, delimiter, limit: Math.min(limit, pageSize) }, isBehind)
    const newest = new Map(sorted.toReversed().map(({ key, versionId }) => [key, versionId]))
    return xmlAnswer(
      document("ListVersionsResult", [
        element("Name", bucket().name),
        element("Prefix", encode(prefix)),
        element("KeyMarker", encode(keyMarker ?? "")),
        element("VersionIdMarker", idMarker ?? ""),
        ...(delimiter === "" ? [] : [element("Delimiter", encode(delimiter))]),
        ...(parameter(request, "encoding-type") === undefined ? [] : [element("EncodingType", "url")]),
        ...(page.last === undefined ? [] : [element("NextKeyMarker", encode(page.last.name))]),
        ...(page.last?.kept === undefined ? [] : [element("NextVersionIdMarker", page.last.kept.versionId)]),
        element("MaxKeys", limit),
        element("IsTruncated", page.last !== undefined),
        ...page.rows.flatMap(({ kept }) => {
          if (kept === undefined) return []
          const { key, versionId, lastModified, object } = kept
          const shared = [
            element("Key", encode(key)),
            element("VersionId", versionId),
            element("IsLatest", newest.get(key) === versionId),
            element("LastModified", new Date(lastModified).toISOString())
          ]
          return object === undefined
            ? [element("DeleteMarker", shared)]
            : [
                element("Version", [
                  ...shared,
                  element("ETag", object.etag),
                  element("Size", object.body.length),
                  element("StorageClass", object.system["x-amz-storage-class"] ?? "STANDARD")
                ])
              ]
        }),
        ...page.rows.flatMap(({ name, kept }) =>
          kept === undefined ? [element("CommonPrefixes", [element("Prefix", encode(name))])] : []
        )
      ])
    )
  }
}
