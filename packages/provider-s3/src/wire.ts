/**
 * Bodies of answers and requests. Lenient: only the fields that are used, whatever else is there.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
import { StorageError } from "@mooring/core"
import { collectBytes, type HttpResponse } from "@mooring/core/Transport"
import { textFromBytes } from "@mooring/core/encoding/surrogateEscape"
import { looksLikeHtml, looksLikeXml } from "@mooring/core/xml/looksLikeHtml"
import { parseXml } from "@mooring/core/xml/parseXml"
import { writeXml, type XmlNode } from "@mooring/core/xml/writeXml"
import { child, childrenOf, textOf, type XmlElement } from "@mooring/core/xml/XmlElement"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { byBytes } from "./byBytes.ts"

/** An answer longer than this is no listing: 1,000 entries of the longest names fit several times. */
const maxBytes = 16 * 1024 * 1024

/** A web page where an object store should answer. */
export const notAStore = (): StorageError =>
  StorageError.of("not_a_storage_endpoint", "a web page answered and no object store", {
    pointer: "#/endpoint",
    suggestion: "the address of the S3 API, which often differs from that of the console or website"
  })

/** Text, JSON or nothing where XML should be. */
const notXml = (): StorageError =>
  StorageError.of("not_a_storage_endpoint", "the answer is not XML, in which object stores answer", {
    pointer: "#/endpoint"
  })

/**
 * The root element of an answer. What does not begin as XML, such as a page of HTML, is `not_a_storage_endpoint`; XML
 * that is not well-formed, or never ends, is `integrity_error`, and asking again would not help.
 */
export const documentOf = Effect.fnUntraced(function* (response: HttpResponse) {
  let received = 0
  const counted = Stream.tap(response.body, (block) => Effect.sync(() => void (received += block.byteLength)))
  const bytes = yield* Effect.mapError(collectBytes(counted, maxBytes), (error) =>
    received > maxBytes ? final(error) : error
  )
  if (looksLikeHtml(bytes)) return yield* notAStore()
  if (!looksLikeXml(bytes)) return yield* notXml()
  return yield* Effect.mapError(parseXml(bytes, { maxBytes, allowControlReferences: true }), final)
})

const final = (error: StorageError): StorageError => StorageError.with(error, { retryable: false })

/** The root element, which must have this name. */
export const documentNamed = Effect.fnUntraced(function* (response: HttpResponse, name: string) {
  const root = yield* documentOf(response)
  if (root.name === name) return root
  if (name === "ListAllMyBucketsResult" && root.name === "ListBucketResult") {
    return yield* StorageError.of("not_a_storage_endpoint", "a bucket answers where the service should", {
      pointer: "#/endpoint",
      suggestion: "the address of the service, without the bucket"
    })
  }
  return yield* StorageError.of("not_a_storage_endpoint", "the answer is XML but none of an object store", {
    pointer: "#/endpoint"
  })
})

/** An object of a listing. `modified` is milliseconds since 1970. */
export interface ListedObject {
  readonly key: string
  readonly size?: number
  readonly etag?: string
  readonly modified?: number
  readonly tier?: string
}

/** A page; `token` is where the next one begins. */
export interface Listing {
  readonly objects: ReadonlyArray<ListedObject>
  readonly prefixes: ReadonlyArray<string>
  readonly token?: string
}

/** Milliseconds of an RFC 3339 or HTTP date; undefined if it is none. */
export const timeOf = (text: string | undefined): number | undefined => {
  const time = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,16}$/.test(text.trim()) ? Number(text) : undefined

/** A name of a listing that may be escaped as in a URL; what is not valid there is taken as it is. */
const unescaped = (escaped: boolean, text: string): string => {
  if (!escaped) return text
  const spaced = text.replaceAll("+", " ")
  return /%(?![0-9A-Fa-f]{2})/.test(spaced) ? text : decodeBytes(spaced)
}

/** Percent escapes to surrogate-escaped text. */
const decodeBytes = (text: string): string =>
  text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => textFromBytes(Buffer.from(run.replaceAll("%", ""), "hex")))

/** What an element of a listing says of an object; none if it has no key. */
const listedObject = (element: XmlElement, escaped: boolean): ReadonlyArray<ListedObject> => {
  const key = textOf(element, "Key")
  if (key === undefined) return []
  const size = wholeNumber(textOf(element, "Size"))
  const modified = timeOf(textOf(element, "LastModified"))
  const etag = textOf(element, "ETag")
  const tier = textOf(element, "StorageClass")
  return [
    {
      key: unescaped(escaped, key),
      ...(size !== undefined && { size }),
      ...(modified !== undefined && { modified }),
      ...(etag !== undefined && { etag }),
      ...(tier !== undefined && { tier })
    }
  ]
}

const prefixesOf = (root: XmlElement, escaped: boolean): ReadonlyArray<string> =>
  childrenOf(root, "CommonPrefixes").flatMap((one) => {
    const prefix = textOf(one, "Prefix")
    return prefix === undefined ? [] : [unescaped(escaped, prefix)]
  })

/** What both versions of ListBucketResult have. */
const contentsOf = (root: XmlElement): Listing => {
  const escaped = textOf(root, "EncodingType") === "url"
  const objects = childrenOf(root, "Contents").flatMap((one) => listedObject(one, escaped))
  return { objects, prefixes: prefixesOf(root, escaped) }
}

const isTruncated = (root: XmlElement): boolean => textOf(root, "IsTruncated")?.trim() === "true"

const leadsNowhere = (): StorageError =>
  final(StorageError.of("integrity_error", "the listing goes on but does not say where"))

/** ListBucketResult of ListObjectsV2. */
export const listingOf = Effect.fnUntraced(function* (root: XmlElement) {
  const listing = contentsOf(root)
  if (!isTruncated(root)) return listing
  const token = textOf(root, "NextContinuationToken")
  if (token !== undefined && token !== "") return { ...listing, token }
  // A service that lacks version 2 takes the request for one of version 1.
  return yield* StorageError.with(leadsNowhere(), { pointer: "#/list_version", suggestion: "1" })
})

/**
 * ListBucketResult of ListObjects. The token is the marker of the next page: NextMarker, which S3 gives beside a
 * delimiter only and some services never, else the last of keys and prefixes.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html
 */
export const markedListingOf = Effect.fnUntraced(function* (root: XmlElement) {
  const listing = contentsOf(root)
  if (!isTruncated(root)) return listing
  const marker = textOf(root, "NextMarker")
  const named = marker === undefined ? "" : unescaped(textOf(root, "EncodingType") === "url", marker)
  const last = [listing.objects.at(-1)?.key ?? "", listing.prefixes.at(-1) ?? ""].toSorted(byBytes).at(-1)
  const token = named || last
  return token === undefined || token === "" ? yield* leadsNowhere() : { ...listing, token }
})

/** A version, or a marker of deletion, as ListObjectVersions shows it. */
export interface ListedVersion extends ListedObject {
  readonly id: string
  readonly current: boolean
  /** Whether it is a marker of deletion: it has no bytes. */
  readonly deleted: boolean
}

/** Where a listing of versions goes on: behind this version of this key. */
export interface VersionMarker {
  readonly key: string
  readonly id: string
}

/** A page of versions. */
export interface VersionListing {
  /** By key, the newest first. */
  readonly versions: ReadonlyArray<ListedVersion>
  readonly prefixes: ReadonlyArray<string>
  readonly next?: VersionMarker
}

/** ListVersionsResult: versions and markers of deletion in the order in which they stand. */
export const versionsOf = Effect.fnUntraced(function* (root: XmlElement) {
  const escaped = textOf(root, "EncodingType") === "url"
  const versions = root.children.flatMap((one): ReadonlyArray<ListedVersion> => {
    const deleted = one.name === "DeleteMarker"
    const id = textOf(one, "VersionId")
    if ((!deleted && one.name !== "Version") || id === undefined) return []
    const current = textOf(one, "IsLatest")?.trim() === "true"
    return listedObject(one, escaped).map((object) => ({ ...object, id, current, deleted }))
  })
  const prefixes = prefixesOf(root, escaped)
  if (!isTruncated(root)) return { versions, prefixes } satisfies VersionListing
  const key = textOf(root, "NextKeyMarker")
  if (key === undefined) return yield* leadsNowhere()
  const next = { key: unescaped(escaped, key), id: textOf(root, "NextVersionIdMarker") ?? "" }
  return { versions, prefixes, next } satisfies VersionListing
})

/** A bucket. `created` is milliseconds since 1970. */
export interface ListedBucket {
  readonly name: string
  readonly created?: number
}

/** ListAllMyBucketsResult. */
export const bucketsOf = (root: XmlElement): ReadonlyArray<ListedBucket> =>
  childrenOf(child(root, "Buckets") ?? root, "Bucket").flatMap((one) => {
    const name = textOf(one, "Name")
    const created = timeOf(textOf(one, "CreationDate"))
    return name === undefined ? [] : [{ name, ...(created !== undefined && { created }) }]
  })

/** A pending upload. `started` is milliseconds since 1970. */
export interface ListedUpload {
  readonly key: string
  readonly id: string
  readonly started?: number
}

/** A page of pending uploads. */
export interface Uploads {
  readonly uploads: ReadonlyArray<ListedUpload>
  readonly next?: { readonly key: string; readonly id: string }
}

/** ListMultipartUploadsResult. */
export const uploadsOf = Effect.fnUntraced(function* (root: XmlElement) {
  const escaped = textOf(root, "EncodingType") === "url"
  const uploads = childrenOf(root, "Upload").flatMap((one) => {
    const key = textOf(one, "Key")
    const id = textOf(one, "UploadId")
    const started = timeOf(textOf(one, "Initiated"))
    if (key === undefined || id === undefined) return []
    return [{ key: unescaped(escaped, key), id, ...(started !== undefined && { started }) }]
  })
  if (!isTruncated(root)) return { uploads } satisfies Uploads
  const key = textOf(root, "NextKeyMarker")
  if (key === undefined || key === "") return yield* leadsNowhere()
  const next = { key: unescaped(escaped, key), id: textOf(root, "NextUploadIdMarker") ?? "" }
  return { uploads, next } satisfies Uploads
})

/** A part of an upload, as the service shows it. */
export interface ListedPart extends CompletedPart {
  readonly size: number
}

/** ListPartsResult: the parts of a page, and after which number the next one begins. */
export const partsOf = Effect.fnUntraced(function* (root: XmlElement) {
  const parts = childrenOf(root, "Part").flatMap((one): ReadonlyArray<ListedPart> => {
    const number = wholeNumber(textOf(one, "PartNumber"))
    const size = wholeNumber(textOf(one, "Size"))
    const etag = textOf(one, "ETag")
    const crc32 = textOf(one, "ChecksumCRC32")
    if (number === undefined || size === undefined || etag === undefined) return []
    return [{ number, size, etag, ...(crc32 !== undefined && { crc32 }) }]
  })
  if (!isTruncated(root)) return { parts }
  const next = textOf(root, "NextPartNumberMarker")
  if (next === undefined || next === "") {
    return yield* final(StorageError.of("integrity_error", "the list of parts goes on but does not say where"))
  }
  return { parts, next }
})

/** The keys of a CreateSessionResult, and when they end, in milliseconds since 1970. */
export const sessionOf = Effect.fnUntraced(function* (root: XmlElement) {
  const credentials = child(root, "Credentials") ?? root
  const [accessKeyId, secret, token, end] = ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"].map(
    (name) => textOf(credentials, name)?.trim() || undefined
  )
  const expires = timeOf(end)
  if (accessKeyId === undefined || secret === undefined || token === undefined || expires === undefined) {
    return yield* final(StorageError.of("integrity_error", "the service began a session without keys"))
  }
  return { accessKeyId, secretAccessKey: Redacted.make(secret), sessionToken: Redacted.make(token), expires }
})

/** The error codes of a DeleteResult; a key that is gone already is none. */
export const deleteErrorsOf = (root: XmlElement): ReadonlyArray<string> =>
  childrenOf(root, "Error")
    .map((one) => textOf(one, "Code") ?? "")
    .filter((code) => code !== "NoSuchKey")

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
const body = (name: string, children: ReadonlyArray<XmlNode>) =>
  Effect.fromResult(writeXml([name, children], namespace))

/** A part as it is named to complete an upload; `etag` is the service's own text. */
export interface CompletedPart {
  readonly number: number
  readonly etag: string
  /** In base64; of uploads that were begun with this digest. */
  readonly crc32?: string
}

/** Body of CompleteMultipartUpload. */
export const completeBody = (parts: ReadonlyArray<CompletedPart>) =>
  body(
    "CompleteMultipartUpload",
    parts.map(({ number, etag, crc32 }): XmlNode => [
      "Part",
      [
        ["PartNumber", String(number)],
        ["ETag", etag],
        ...(crc32 === undefined ? [] : [["ChecksumCRC32", crc32] as const])
      ]
    ])
  )

/** Body of DeleteObjects; the answer then names failures only. Fails with `invalid_name` for what XML cannot hold. */
export const deleteBody = (keys: ReadonlyArray<string>) =>
  body("Delete", [...keys.map((key): XmlNode => ["Object", [["Key", key]]]), ["Quiet", "true"]])

/** Body of CreateBucket. */
export const locationBody = (location: string) => body("CreateBucketConfiguration", [["LocationConstraint", location]])

/**
 * Body of CreateBucket for a directory bucket. Zones of the edge have a third word, as in `usw2-lax1-az1`.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-networking.html
 */
export const directoryBucketBody = (zone: string) => {
  const kind = zone.split("-").length > 2 ? "LocalZone" : "AvailabilityZone"
  return body("CreateBucketConfiguration", [
    [
      "Location",
      [
        ["Name", zone],
        ["Type", kind]
      ]
    ],
    [
      "Bucket",
      [
        ["DataRedundancy", `Single${kind}`],
        ["Type", "Directory"]
      ]
    ]
  ])
}
