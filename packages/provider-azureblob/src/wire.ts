/**
 * Bodies of answers and requests. Lenient: only the fields that are used, whatever else is there.
 *
 * Source: https://learn.microsoft.com/rest/api/storageservices/blob-service-rest-api
 */
import { StorageError } from "@mooring/core"
import { collectBytes, type HttpResponse } from "@mooring/core/Transport"
import { looksLikeHtml, looksLikeXml } from "@mooring/core/xml/looksLikeHtml"
import { parseXml } from "@mooring/core/xml/parseXml"
import { writeXml } from "@mooring/core/xml/writeXml"
import { child, childrenOf, textOf, type XmlElement } from "@mooring/core/xml/XmlElement"
import * as Effect from "effect/Effect"
import type { BlobFacts } from "./headers.ts"
import { timeOf } from "./times.ts"

/** An answer longer than this is no listing: 5,000 entries of the longest names fit. */
const maxBytes = 64 * 1024 * 1024

const final = (error: StorageError): StorageError => StorageError.with(error, { retryable: false })

/** A web page, text or JSON where an object store should answer. */
export const notAStore = (detail = "the answer is none of Azure Blob Storage"): StorageError =>
  StorageError.of("not_a_storage_endpoint", detail)

/** The root element of an answer, which must have this name. */
export const documentNamed = Effect.fnUntraced(function* (response: HttpResponse, name: string) {
  const bytes = yield* collectBytes(response.body, maxBytes)
  if (looksLikeHtml(bytes)) return yield* notAStore("a web page answered and no object store")
  // Azure puts the mark of byte order before its documents.
  const document = bytes[0] === 0xef && bytes[1] === 0xbb ? bytes.subarray(3) : bytes
  if (!looksLikeXml(document)) return yield* notAStore()
  const root = yield* Effect.mapError(parseXml(document, { maxBytes, allowControlReferences: true }), final)
  return root.name === name ? root : yield* notAStore()
})

/** A name of a listing; one that XML cannot hold is escaped as in a URL and says so. */
const nameIn = (element: XmlElement): Effect.Effect<string | undefined, StorageError> => {
  const name = child(element, "Name")
  if (name?.attributes?.["Encoded"] !== "true") return Effect.succeed(name?.text)
  return Effect.try({
    try: () => decodeURIComponent(name.text),
    catch: () => StorageError.of("integrity_error", "a name in the listing is escaped in a way that is none")
  })
}

export interface ListedBlob extends BlobFacts {
  readonly name: string
  /** The time of a snapshot, or the id of a version: both are times of seven decimals. */
  readonly snapshot?: string | undefined
  readonly versionId?: string | undefined
  /** Of the version that is the blob. */
  readonly current: boolean
  /** Deleted, and kept for a while so that it can be restored. */
  readonly deleted: boolean
}

export interface Listing {
  readonly blobs: ReadonlyArray<ListedBlob>
  readonly prefixes: ReadonlyArray<string>
  readonly marker: string | undefined
}

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,16}$/.test(text.trim()) ? Number(text) : undefined

const nonEmpty = (text: string | undefined): string | undefined => (text === "" ? undefined : text)

const listedBlob = Effect.fnUntraced(function* (element: XmlElement) {
  const name = yield* nameIn(element)
  if (name === undefined) return []
  const properties = child(element, "Properties") ?? element
  const metadata = child(element, "Metadata")?.children ?? []
  return [
    {
      name,
      snapshot: nonEmpty(textOf(element, "Snapshot")),
      versionId: nonEmpty(textOf(element, "VersionId")),
      current: textOf(element, "IsCurrentVersion") === "true",
      deleted: textOf(element, "Deleted") === "true",
      size: wholeNumber(textOf(properties, "Content-Length")),
      etag: nonEmpty(textOf(properties, "Etag")),
      modified: timeOf(textOf(properties, "Last-Modified")),
      contentType: nonEmpty(textOf(properties, "Content-Type")),
      md5: nonEmpty(textOf(properties, "Content-MD5")),
      tier: nonEmpty(textOf(properties, "AccessTier")),
      metadata: Object.fromEntries(metadata.map(({ name: key, text }) => [key.toLowerCase(), text]))
    } satisfies ListedBlob
  ]
})

/** The marker of the page after this one. */
const markerIn = (root: XmlElement): string | undefined => nonEmpty(textOf(root, "NextMarker"))

/** A page of blobs. */
export const listingOf = Effect.fnUntraced(function* (root: XmlElement) {
  const found = child(root, "Blobs")
  const blobs = yield* Effect.forEach(found === undefined ? [] : childrenOf(found, "Blob"), listedBlob)
  const prefixes = yield* Effect.forEach(found === undefined ? [] : childrenOf(found, "BlobPrefix"), nameIn)
  return {
    blobs: blobs.flat(),
    prefixes: prefixes.filter((prefix) => prefix !== undefined),
    marker: markerIn(root)
  } satisfies Listing
})

/** A page of containers. */
export const containersOf = (root: XmlElement) => {
  const found = child(root, "Containers")
  const containers = (found === undefined ? [] : childrenOf(found, "Container")).flatMap((element) => {
    const name = textOf(element, "Name")
    const modified = timeOf(textOf(child(element, "Properties") ?? element, "Last-Modified"))
    return name === undefined ? [] : [{ name, ...(modified !== undefined && { modified }) }]
  })
  return { containers, marker: markerIn(root) }
}

/** A block that is staged: its id in base64 and its bytes. */
export interface StagedBlock {
  readonly id: string
  readonly size: number
}

/** The blocks of a Get Block List that no blob has yet. */
export const stagedBlocksOf = (root: XmlElement): ReadonlyArray<StagedBlock> => {
  const staged = child(root, "UncommittedBlocks")
  return (staged === undefined ? [] : childrenOf(staged, "Block")).flatMap((element) => {
    const id = textOf(element, "Name")
    const size = wholeNumber(textOf(element, "Size"))
    return id === undefined || size === undefined ? [] : [{ id, size }]
  })
}

/** The body of Put Block List. `Latest` finds a block also if the same call was done before and its answer was lost. */
export const blockListBody = (ids: ReadonlyArray<string>): Effect.Effect<Uint8Array, StorageError> =>
  Effect.fromResult(writeXml(["BlockList", ids.map((id) => ["Latest", id] as const)]))
