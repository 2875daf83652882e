/**
 * List Blobs.
 *
 * Source: https://learn.microsoft.com/rest/api/storageservices/list-blobs
 */
import { badQuery } from "../AzureFailure.ts"
import { xmlAnswer } from "../Answer.ts"
import { compareNames, type Blob, type Place } from "../blobs.ts"
import type { Operation } from "../Operation.ts"
import { parameter } from "../rawRequest.ts"
import { element, elements, nameElement, parent } from "../xml.ts"
import { pageSizeIn } from "./containers.ts"

const includes = [
  "metadata",
  "snapshots",
  "uncommittedblobs",
  "versions",
  "deleted",
  "copy",
  "tags",
  "deletedwithversions"
]

/** One entry of a listing: a blob or one state of it, or a prefix. */
interface Listed {
  readonly name: string
  readonly xml: string
}

const propertiesOf = (blob: Blob): string =>
  parent("Properties", [
    elements({
      "Last-Modified": new Date(blob.lastModified).toUTCString(),
      Etag: blob.etag.replaceAll('"', ""),
      "Content-Length": String(blob.body.byteLength),
      "Content-Type": blob.contentType,
      "Content-MD5": blob.system["content-md5"],
      BlobType: "BlockBlob",
      AccessTier: blob.tier,
      ...(blob.rehydratingTo !== undefined && {
        ArchiveStatus: `rehydrate-pending-to-${blob.rehydratingTo.toLowerCase()}`
      })
    })
  ])

const blobElement = (name: string, blob: Blob, current: boolean, withMetadata: boolean): string =>
  parent("Blob", [
    nameElement(name),
    elements({
      Deleted: blob.deleted === undefined ? undefined : "true",
      Snapshot: blob.snapshot,
      VersionId: blob.snapshot === undefined ? blob.versionId : undefined,
      IsCurrentVersion: current && blob.versionId !== undefined ? "true" : undefined
    }),
    propertiesOf(blob),
    ...(withMetadata ? [parent("Metadata", [elements(blob.metadata)])] : [])
  ])

/** A blob of which there are only blocks: it has no properties but a length of nothing. */
const stagedElement = (name: string): string =>
  parent("Blob", [
    nameElement(name),
    parent("Properties", [elements({ "Content-Length": "0", BlobType: "BlockBlob" })])
  ])

/** The states of one name that are asked for, the oldest first and the blob last. */
const entriesOf = (name: string, place: Place, asked: ReadonlySet<string>): ReadonlyArray<Listed> => {
  const of = (blob: Blob, current = false) => ({
    name,
    xml: blobElement(name, blob, current, asked.has("metadata"))
  })
  const older = [
    ...(asked.has("snapshots") ? place.snapshots : []),
    ...(asked.has("versions") ? place.versions : []),
    ...(asked.has("deleted") ? place.deleted : [])
  ]
  const blob = place.current
  const staged = blob === undefined && place.staged.size > 0 && asked.has("uncommittedblobs")
  return [
    ...older.map((state) => of(state)),
    ...(blob === undefined ? [] : [of(blob, true)]),
    ...(staged ? [{ name, xml: stagedElement(name) }] : [])
  ]
}

const withPrefixes = (
  entries: ReadonlyArray<Listed>,
  prefix: string,
  delimiter: string | undefined
): ReadonlyArray<Listed> => {
  if (delimiter === undefined) return entries
  const seen = new Set<string>()
  return entries.flatMap((entry) => {
    const at = entry.name.indexOf(delimiter, prefix.length)
    if (at < 0) return [entry]
    const common = entry.name.slice(0, at + delimiter.length)
    if (seen.has(common)) return []
    seen.add(common)
    return [{ name: common, xml: parent("BlobPrefix", [nameElement(common)]) }]
  })
}

/** Markers are opaque: the number of the first entry of the next page, with what was listed. */
const markerOf = (index: number, listed: string): string =>
  `2!${Buffer.from(JSON.stringify({ index, listed })).toString("base64url")}`

const indexIn = (marker: string | undefined, listed: string): number => {
  if (marker === undefined || marker === "") return 0
  try {
    const found = JSON.parse(Buffer.from(marker.slice(2), "base64url").toString()) as { index: number; listed: string }
    if (found.listed === listed) return found.index
  } catch {
    // It is not one of ours either way.
  }
  throw badQuery("marker", marker)
}

export const listBlobs: Operation = {
  name: "ListBlobs",
  method: "GET",
  level: "container",
  query: { restype: "container", comp: "list" },
  permits: ["prefix", "delimiter", "marker", "maxresults", "include"],
  needs: ["l"],
  inContainer: true,
  run: ({ request, container, setup }) => {
    const prefix = parameter(request, "prefix") ?? ""
    const delimiter = parameter(request, "delimiter")
    const asked = (parameter(request, "include") ?? "").split(",").filter((name) => name !== "")
    const unknown = asked.find((name) => !includes.includes(name))
    if (unknown !== undefined) throw badQuery("include", unknown)
    const size = pageSizeIn(parameter(request, "maxresults"), setup.pageSize)
    const all = [...container().places]
      .filter(([name]) => name.startsWith(prefix))
      .toSorted(([left], [right]) => compareNames(left, right))
      .flatMap(([name, place]) => entriesOf(name, place, new Set(asked)))
    const entries = withPrefixes(all, prefix, delimiter)
    const listed = JSON.stringify([prefix, delimiter, asked])
    const start = indexIn(parameter(request, "marker"), listed)
    const next = start + size < entries.length ? markerOf(start + size, listed) : ""
    return xmlAnswer(
      parent("EnumerationResults", [
        parent(
          "Blobs",
          entries.slice(start, start + size).map(({ xml }) => xml)
        ),
        element("NextMarker", next)
      ])
    )
  }
}
