/**
 * What a store needs to know: the options after defaults and derivations, each thing once.
 */
import type { Identity } from "@mooring/azure/Identity"

/** The tiers of block blobs, from the one that is dearest to keep to the one that cannot be read at once. */
export const tiers = ["Hot", "Cool", "Cold", "Archive"] as const

export type Tier = (typeof tiers)[number]

export interface AzureBlobSettings {
  /** Scheme, host and port. */
  readonly origin: string
  /** The path of the endpoint before the container, `` or `/account`, without a slash at its end. */
  readonly basePath: string
  /** The name of the account; empty if nothing says it, which anonymous requests and tokens do not need. */
  readonly account: string
  readonly identity: Identity
  /** The option that chose the identity; undefined for anonymous requests. */
  readonly identityOption: string | undefined
  /** Options of other identities, which are not used. */
  readonly ignoredOptions: ReadonlyArray<string>
  /** The only container that a signature is for. */
  readonly container: string | undefined
  readonly listChunk: number
  /** Bytes. A body of more, or of unknown size, goes up in blocks of this size. */
  readonly chunkSize: number
  readonly uploadConcurrency: number
  /** Tier of new blobs; undefined is the choice of the account. */
  readonly accessTier: Tier | undefined
  /** Whether a blob in the archive is deleted before it is overwritten. */
  readonly archiveTierDelete: boolean
  /** What a deletion does with snapshots; empty refuses where there are some. */
  readonly deleteSnapshots: "" | "include" | "only"
  /** What everybody may read of new containers. */
  readonly publicAccess: "" | "blob" | "container"
  /** Whether empty directories are kept, as blobs without bytes whose name ends in a slash. */
  readonly directoryMarkers: boolean
  /** Whether the MD5 of a blob that goes up in blocks is left out. */
  readonly disableChecksum: boolean
  /** The mask of `@mooring/core/encoding/mask`. */
  readonly encoding: number
}
