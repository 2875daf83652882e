/**
 * Where the segments of one upload are put.
 *
 * Names are rclone's: `{name}/{time}-{random}/{number}` in the container `{container}_segments`, or below
 * `.file-segments/` in the same container. While an upload is open its folder has a marker, an object without bytes.
 */
import { StorageError } from "@mooring/core"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { createHash, randomBytes } from "node:crypto"
import type { SwiftClient } from "./api/SwiftClient.ts"
import type { Headers } from "@mooring/core/Transport"
import { maxKey, segmentsFolder, type Target } from "./keys.ts"
import { putBytes } from "./pieces.ts"
import { headContainer, headObject, putContainer } from "./SwiftApi.ts"

const suffix = "_segments"

const notOpen = StorageError.of("not_found", "the upload was completed or aborted")

/** Services where a container of its own is refused or not counted (rclone's list). */
const withoutContainers = /(^|\.)(ain\.net|ai\.net|blomp\.com|praetector\.com|signmy\.name|rackfactory\.com)$/

const hasContainer = Effect.fnUntraced(function* (client: SwiftClient) {
  const { segmentsContainer } = yield* client.settings
  if (segmentsContainer !== undefined) return segmentsContainer
  const { login } = yield* client.session.get
  return login.kind === "given" || !withoutContainers.test(new URL(login.url).hostname)
})

/** The place of all folders for the objects of a container: another container, or what begins so in the same. */
export const segmentsPlace = Effect.fnUntraced(function* (client: SwiftClient, container: string) {
  return (yield* hasContainer(client))
    ? { container: `${container}${suffix}`, prefix: "" }
    : { container, prefix: `${segmentsFolder}/` }
})

/** A folder for the segments of one upload. */
export interface SegmentFolder {
  readonly container: string
  /** Without a slash at its end. */
  readonly prefix: string
}

/** Bytes behind the name of the object: time, random, number and slashes. */
const added = 128

/** A folder that nobody has used, in a container that is there; `not_found` if that of the object is not. */
export const newFolder = Effect.fnUntraced(function* (client: SwiftClient, { container, key }: Target) {
  const now = DateTime.formatIso(yield* DateTime.now)
  const time = `${now.slice(0, 10)}-${now.slice(11, 19).replaceAll(":", "")}`
  // A name may be so long that nothing can be added to it.
  const name = Buffer.byteLength(key) > maxKey - added ? createHash("sha256").update(key).digest("hex") : key
  const prefix = `${name}/${time}-${randomBytes(16).toString("hex")}`
  const base = yield* client.repeated(headContainer(client, container))
  const place = yield* segmentsPlace(client, container)
  if (place.container !== container) {
    yield* Effect.catchIf(
      Effect.asVoid(client.repeated(headContainer(client, place.container))),
      ({ reason }) => reason._tag === "not_found",
      () => client.repeated(putContainer(client, place.container, base["x-storage-policy"] ?? ""))
    )
  }
  return { container: place.container, prefix: `${place.prefix}${prefix}` } satisfies SegmentFolder
})

/** A folder that was written down, if it is one of this object; undefined otherwise. */
export const folderIn = ({ container }: Target, written: SegmentFolder): SegmentFolder | undefined => {
  const { prefix } = written
  const own = written.container === `${container}${suffix}`
  const within = written.container === container && prefix.startsWith(`${segmentsFolder}/`)
  const isNew = /[^/]\/\d{4}-\d\d-\d\d-\d{6}-[0-9a-f]{32}$/.test(prefix)
  return (own || within) && isNew ? { container: written.container, prefix } : undefined
}

/** Whether a segment is of a folder. */
export const isIn = (folder: SegmentFolder, { container, key }: Target): boolean =>
  container === folder.container && key.startsWith(`${folder.prefix}/`)

/** The place of a segment, from 1. */
export const segmentAt = ({ container, prefix }: SegmentFolder, index: number): Target => ({
  container,
  key: `${prefix}/${String(index).padStart(8, "0")}`
})

/** What shows that the segments of a folder are of an upload: an object without bytes in front of the first. */
export const markerOf = (folder: SegmentFolder): Target => segmentAt(folder, 0)

/** Puts the marker of a folder, with what is to be stored with the object that its segments become. */
export const markFolder = (client: SwiftClient, folder: SegmentFolder, headers: Headers) =>
  putBytes(client, markerOf(folder), new Uint8Array(), headers)

/** The headers of the marker; `not_found` if the upload was ended by somebody. */
export const requireMarker = (client: SwiftClient, folder: SegmentFolder) =>
  Effect.mapError(client.repeated(headObject(client, markerOf(folder))), (error) =>
    error.reason._tag === "not_found" ? notOpen : error
  )

const markerKey = /^(.+)\/\d{4}-\d\d-\d\d-\d{6}-[0-9a-f]{32}\/0{8}$/s

/**
 * The folder of a marker and the name of the object that it is for; undefined if it is no marker, or one of a name that
 * was too long to be kept.
 */
export const markedFolder = ({ container, key }: Target) => {
  const [, place] = markerKey.exec(key) ?? []
  const name = place?.startsWith(`${segmentsFolder}/`) ? place.slice(segmentsFolder.length + 1) : place
  if (name === undefined || /^[0-9a-f]{64}$/.test(name)) return undefined
  return { name, folder: { container, prefix: key.slice(0, key.lastIndexOf("/")) } satisfies SegmentFolder }
}

/** Whether a place is one where segments are put; another may hold objects that somebody joined. */
export const isSegment = ({ container, key }: Target): boolean =>
  container.endsWith(suffix) || key.startsWith(`${segmentsFolder}/`)
