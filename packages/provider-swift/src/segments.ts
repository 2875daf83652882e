/**
 * The segments of large objects: where they are put, which an object has, and removing them with it.
 *
 * Names are rclone's: `{name}/{time}-{random}/{number}` in the container `{container}_segments`, or below
 * `.file-segments/` in the same container.
 */
import type { StorageError } from "@mooring/core"
import { textFromBytes } from "@mooring/core/encoding/surrogateEscape"
import type { Headers } from "@mooring/core/Transport"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { createHash, randomBytes } from "node:crypto"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { isStatic, manifestOf } from "./headers.ts"
import { maxKey, segmentsFolder, type Target } from "./keys.ts"
import { removeTargets } from "./removeTargets.ts"
import { getStaticManifest, headContainer, listObjects, putContainer } from "./SwiftApi.ts"
import { targetIn, type ManifestSegment } from "./wire.ts"

const suffix = "_segments"

/** Services where a container of its own is refused or not counted (rclone's list). */
const withoutContainers = /(^|\.)(ain\.net|ai\.net|blomp\.com|praetector\.com|signmy\.name|rackfactory\.com)$/

const hasContainer = Effect.fnUntraced(function* (client: SwiftClient) {
  const { segmentsContainer } = yield* client.settings
  if (segmentsContainer !== undefined) return segmentsContainer
  const { login } = yield* client.session.get
  return login.kind === "given" || !withoutContainers.test(new URL(login.url).hostname)
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
  if (!(yield* hasContainer(client))) return { container, prefix: `${segmentsFolder}/${prefix}` }
  const own = `${container}${suffix}`
  yield* Effect.catchIf(
    Effect.asVoid(client.repeated(headContainer(client, own))),
    ({ reason }) => reason._tag === "not_found",
    () => client.repeated(putContainer(client, own, base["x-storage-policy"] ?? ""))
  )
  return { container: own, prefix } satisfies SegmentFolder
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

/** The place of a segment, from 0. */
export const segmentAt = ({ container, prefix }: SegmentFolder, index: number): Target => ({
  container,
  key: `${prefix}/${String(index).padStart(8, "0")}`
})

/** Whether a place is one where segments are put; another may hold objects that somebody joined. */
const isSegment = ({ container, key }: Target): boolean =>
  container.endsWith(suffix) || key.startsWith(`${segmentsFolder}/`)

/** All objects that begin with this, page by page. */
const startingWith = Effect.fnUntraced(function* (client: SwiftClient, { container, key: prefix }: Target) {
  const limit = 1000
  const found: Array<ManifestSegment> = []
  let marker: string | undefined
  do {
    const page = yield* client.repeated(listObjects(client, container, { prefix, limit, marker }))
    for (const listed of page) {
      if (listed.kind === "prefix") continue
      found.push({ container, key: listed.name, size: listed.size, md5: listed.etag ?? "" })
    }
    marker = page.at(-1)?.name
  } while (marker !== undefined)
  return found
})

/** What is in a folder, in the order of its names. */
export const listFolder = (client: SwiftClient, { container, prefix }: SegmentFolder) =>
  startingWith(client, { container, key: `${prefix}/` })

/** The text of a header in URL encoding; what is no escape stays. */
const unescaped = (text: string): string =>
  textFromBytes(
    Buffer.from(
      text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      "latin1"
    )
  )

/** The segments of the large object that was seen in these headers, in their order; none for any other object. */
export const segmentsIn = Effect.fnUntraced(function* (
  client: SwiftClient,
  target: Target,
  headers: Headers
): Effect.fn.Return<ReadonlyArray<ManifestSegment>, StorageError> {
  if (isStatic(headers)) return yield* client.repeated(getStaticManifest(client, target))
  const manifest = manifestOf(headers)
  const place = manifest === undefined ? undefined : targetIn(unescaped(manifest))
  return place === undefined ? [] : yield* startingWith(client, place)
})

/**
 * The segments that go when the object goes: those that lie where segments are put. None where the container keeps old
 * versions, since these still need them.
 */
export const ownedSegments = Effect.fnUntraced(function* (client: SwiftClient, target: Target, headers: Headers) {
  const owned = (yield* segmentsIn(client, target, headers)).filter(isSegment)
  if (owned.length === 0) return owned
  const container = yield* client.repeated(headContainer(client, target.container))
  const keepsVersions =
    container["x-history-location"] !== undefined ||
    container["x-versions-location"] !== undefined ||
    container["x-versions-enabled"]?.toLowerCase() === "true"
  return keepsVersions ? [] : owned
})

/** Removes segments of an object that is gone. What cannot be removed stays: the object was replaced all the same. */
export const discard = (client: SwiftClient, segments: ReadonlyArray<Target>): Effect.Effect<void> =>
  Effect.ignore(removeTargets(client, segments))
