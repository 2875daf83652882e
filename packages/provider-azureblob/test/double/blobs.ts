/** The state of a double: containers, their blobs with all states of them, and blocks that no blob has. */
import { createHash } from "node:crypto"
import { AzureFailure } from "./AzureFailure.ts"

/** What travels with a blob besides its bytes. */
export interface BlobAttributes {
  readonly contentType: string
  /** Content-MD5, Cache-Control and its like, by lower-case name of the header of an answer. */
  readonly system: Readonly<Record<string, string>>
  /** By lower-case name without `x-ms-meta-`. */
  readonly metadata: Readonly<Record<string, string>>
  readonly tier: string
}

interface CopyState {
  readonly id: string
  readonly source: string
  /** How often it is looked at until it is done. */
  looks: number
  /** What the blob becomes then; undefined once it was given up. */
  readonly result: { readonly body: Buffer; readonly attributes: BlobAttributes } | undefined
  status: "pending" | "success" | "aborted"
}

export interface Block {
  readonly id: string
  readonly body: Buffer
}

/** A blob, or one kept state of it. */
export interface Blob extends BlobAttributes {
  readonly body: Buffer
  readonly blocks: ReadonlyArray<Block>
  /** With its quotes. */
  readonly etag: string
  /** Epoch milliseconds, whole seconds. */
  readonly lastModified: number
  /** Where the account keeps versions. */
  readonly versionId?: string | undefined
  readonly snapshot?: string
  readonly copy?: CopyState | undefined
  /** The tier it is brought to from the archive. */
  readonly rehydratingTo?: string | undefined
  /** When it was deleted, where that is kept for a while. */
  readonly deleted?: number
}

/** All that there is of one name. */
export interface Place {
  current?: Blob | undefined
  /** States before, the oldest first. */
  readonly versions: Array<Blob>
  readonly snapshots: Array<Blob>
  /** What was deleted and can be restored. */
  readonly deleted: Array<Blob>
  /** Blocks that are staged, in the order in which they came. */
  staged: Map<string, Buffer>
  lease?: string | undefined
}

export interface Container {
  readonly name: string
  readonly created: number
  readonly publicAccess: "" | "blob" | "container"
  readonly places: Map<string, Place>
}

export type Containers = Map<string, Container>

export const md5 = (data: Uint8Array): string => createHash("md5").update(data).digest("base64")

let states = 0

/** An ETag of its own. */
export const newEtag = (): string => `"0x8D${(states += 1).toString(16).toUpperCase().padStart(13, "0")}"`

/** A time of seven decimals that no other state has, and that is after all before it. */
export const newStateTime = (now: number): string =>
  `${new Date(now).toISOString().slice(0, -1)}${String((states += 1) % 10_000).padStart(4, "0")}Z`

export const newContainer = (
  name: string,
  created: number,
  publicAccess: Container["publicAccess"] = ""
): Container => ({ name, created, publicAccess, places: new Map() })

export const existingContainer = (containers: Containers, name: string): Container => {
  const found = containers.get(name)
  if (found === undefined) throw new AzureFailure(404, "ContainerNotFound", "The specified container does not exist.")
  return found
}

/** The place of a name, which is there from its first use on. */
export const placeOf = (container: Container, name: string): Place => {
  const found = container.places.get(name)
  if (found !== undefined) return found
  const made: Place = { versions: [], snapshots: [], deleted: [], staged: new Map() }
  container.places.set(name, made)
  return made
}

export const blobNotFound = (): AzureFailure =>
  new AzureFailure(404, "BlobNotFound", "The specified blob does not exist.")

/** A blob, or with a time one of its versions or snapshots. */
export const existingBlob = (
  container: Container,
  name: string,
  state: { readonly versionId?: string | undefined; readonly snapshot?: string | undefined } = {}
): Blob => {
  const place = container.places.get(name)
  const { versionId, snapshot } = state
  const all = [...(place?.versions ?? []), ...(place?.current === undefined ? [] : [place.current])]
  const found =
    snapshot !== undefined
      ? place?.snapshots.find((blob) => blob.snapshot === snapshot)
      : versionId !== undefined
        ? all.find((blob) => blob.versionId === versionId)
        : place?.current
  if (found === undefined) throw blobNotFound()
  return found
}

const archived = () => new AzureFailure(409, "BlobArchived", "This operation is not permitted on an archived blob.")

/** Refuses bytes that are in the archive, or on their way out of it. */
export const requireOnline = ({ tier, rehydratingTo }: Pick<Blob, "tier" | "rehydratingTo">): void => {
  if (rehydratingTo !== undefined)
    throw new AzureFailure(
      409,
      "BlobBeingRehydrated",
      "This operation is not permitted because the blob is being rehydrated."
    )
  if (tier === "Archive") throw archived()
}

/** Puts a state on top; the one before is kept where the account keeps versions. */
export const putState = (
  place: Place,
  now: number,
  versioning: boolean,
  facts: Omit<Blob, "etag" | "lastModified" | "versionId">
): Blob => {
  if (versioning && place.current?.versionId !== undefined) place.versions.push(place.current)
  const blob: Blob = {
    ...facts,
    etag: newEtag(),
    lastModified: Math.floor(now / 1000) * 1000,
    ...(versioning && { versionId: newStateTime(now) })
  }
  place.current = blob
  return blob
}

/** The order of listings. */
export const compareNames = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right))
