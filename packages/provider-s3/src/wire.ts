/**
 * Bodies of answers and requests. Lenient: only the fields that are used, whatever else is there.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
import { StorageError } from "@mooring/core"
import { collectBytes, type HttpResponse } from "@mooring/core/Transport"
import { looksLikeHtml } from "@mooring/core/xml/looksLikeHtml"
import { parseXml, type XmlElement } from "@mooring/core/xml/parseXml"
import { writeXml } from "@mooring/core/xml/writeXml"
import * as Effect from "effect/Effect"

/** An answer longer than this is no listing: 1,000 entries of the longest names fit several times. */
const maxBytes = 16 * 1024 * 1024

export const child = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((one) => one.name === name)

export const childrenOf = (element: XmlElement, name: string): ReadonlyArray<XmlElement> =>
  element.children.filter((one) => one.name === name)

/** The text of a child; undefined if there is none. */
export const textOf = (element: XmlElement | undefined, name: string): string | undefined =>
  element && child(element, name)?.text

/** A web page where an object store should answer. */
export const notAStore = (): StorageError =>
  StorageError.of("not_a_storage_endpoint", "a web page answered and no object store", {
    pointer: "#/endpoint",
    suggestion: "the address of the S3 API, which often differs from that of the console or website"
  })

/** The root element of an answer. A page of HTML is `not_a_storage_endpoint`; what is not XML is `integrity_error`. */
export const documentOf = Effect.fnUntraced(function* (response: HttpResponse) {
  const bytes = yield* collectBytes(response.body, maxBytes)
  if (looksLikeHtml(bytes)) return yield* notAStore()
  return yield* parseXml(bytes, { maxBytes })
})

/** The root element, which must have this name. */
export const documentNamed = Effect.fnUntraced(function* (response: HttpResponse, name: string) {
  const root = yield* documentOf(response)
  if (root.name === name) return root
  return yield* StorageError.of("not_a_storage_endpoint", "the answer is XML but none of an object store", {
    pointer: "#/endpoint"
  })
})

export interface ListedObject {
  readonly key: string
  readonly size?: number
  readonly validator?: string
  readonly modified?: number
  readonly tier?: string
}

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

/** Percent escapes to text; bytes that are not UTF-8 become U+FFFD, which no path of that key has. */
const decodeBytes = (text: string): string =>
  text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"))

/** ListBucketResult of ListObjectsV2. */
export const listingOf = Effect.fnUntraced(function* (root: XmlElement) {
  const escaped = textOf(root, "EncodingType") === "url"
  const token = textOf(root, "NextContinuationToken")
  if (textOf(root, "IsTruncated")?.trim() === "true" && (token === undefined || token === "")) {
    return yield* StorageError.of("integrity_error", "the listing goes on but does not say where")
  }
  const objects = childrenOf(root, "Contents").flatMap((one): ReadonlyArray<ListedObject> => {
    const key = textOf(one, "Key")
    if (key === undefined) return []
    const size = wholeNumber(textOf(one, "Size"))
    const modified = timeOf(textOf(one, "LastModified"))
    const validator = textOf(one, "ETag")
    const tier = textOf(one, "StorageClass")
    return [
      {
        key: unescaped(escaped, key),
        ...(size !== undefined && { size }),
        ...(modified !== undefined && { modified }),
        ...(validator !== undefined && { validator }),
        ...(tier !== undefined && { tier })
      }
    ]
  })
  const prefixes = childrenOf(root, "CommonPrefixes").flatMap((one) => {
    const prefix = textOf(one, "Prefix")
    return prefix === undefined ? [] : [unescaped(escaped, prefix)]
  })
  const truncated = textOf(root, "IsTruncated")?.trim() === "true"
  return { objects, prefixes, ...(truncated && token !== undefined && { token }) } satisfies Listing
})

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

export interface ListedUpload {
  readonly key: string
  readonly id: string
  readonly started?: number
}

export interface Uploads {
  readonly uploads: ReadonlyArray<ListedUpload>
  readonly next?: { readonly key: string; readonly id: string }
}

/** ListMultipartUploadsResult. */
export const uploadsOf = (root: XmlElement): Uploads => {
  const escaped = textOf(root, "EncodingType") === "url"
  const uploads = childrenOf(root, "Upload").flatMap((one) => {
    const key = textOf(one, "Key")
    const id = textOf(one, "UploadId")
    const started = timeOf(textOf(one, "Initiated"))
    if (key === undefined || id === undefined) return []
    return [{ key: unescaped(escaped, key), id, ...(started !== undefined && { started }) }]
  })
  if (textOf(root, "IsTruncated")?.trim() !== "true") return { uploads }
  const key = unescaped(escaped, textOf(root, "NextKeyMarker") ?? "")
  return { uploads, next: { key, id: textOf(root, "NextUploadIdMarker") ?? "" } }
}

/** The error codes of a DeleteResult; a key that is gone already is none. */
export const deleteErrorsOf = (root: XmlElement): ReadonlyArray<string> =>
  childrenOf(root, "Error")
    .map((one) => textOf(one, "Code") ?? "")
    .filter((code) => code !== "NoSuchKey")

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/"
const leaf = (name: string, text: string) => ({ name, text })
const body = (name: string, children: ReadonlyArray<{ readonly name: string }>): Uint8Array =>
  Buffer.from(writeXml({ name, attributes: { xmlns: namespace }, children } as never))

export interface CompletedPart {
  readonly number: number
  readonly etag: string
}

/** Body of CompleteMultipartUpload. */
export const completeBody = (parts: ReadonlyArray<CompletedPart>): Uint8Array =>
  body(
    "CompleteMultipartUpload",
    parts.map(({ number, etag }) => ({
      name: "Part",
      children: [leaf("PartNumber", String(number)), leaf("ETag", etag)]
    }))
  )

/** Body of DeleteObjects; the answer then names failures only. */
export const deleteBody = (keys: ReadonlyArray<string>): Uint8Array =>
  body("Delete", [
    ...keys.map((key) => ({ name: "Object", children: [leaf("Key", key)] })),
    leaf("Quiet", "true")
  ])

/** Body of CreateBucket. */
export const locationBody = (location: string): Uint8Array =>
  body("CreateBucketConfiguration", [leaf("LocationConstraint", location)])
