/**
 * What a store needs to know: the options after defaults and derivations, each thing once.
 */
import type * as Redacted from "effect/Redacted"

/** The settings of one store. */
export interface B2Settings {
  /** Where accounts are authorised: an address without a slash at its end. The answer says where all else is. */
  readonly endpoint: string
  readonly account: string
  readonly key: Redacted.Redacted<string>
  /** Bytes. A body of more than `uploadCutoff` goes up in parts of `chunkSize`. */
  readonly chunkSize: number
  readonly uploadCutoff: number
  readonly uploadConcurrency: number
  /** Bytes; a copy of more is made in parts. */
  readonly copyCutoff: number
  /** Whether the checksums of objects in parts are left out of their file info. */
  readonly disableChecksum: boolean
  /** Where objects are downloaded from instead: an address without a slash at its end. */
  readonly downloadUrl: string | undefined
  /** Seconds for which a link is valid at most. */
  readonly linkDuration: number
  /** For the header `X-Bz-Test-Mode`; empty leaves it out. */
  readonly testMode: string
  /** Whether removing an object removes its versions; if not, it is hidden. */
  readonly hardDelete: boolean
  /** Days from hiding to deleting in new buckets; 0 sets no rule. */
  readonly lifecycle: number
  /** Whether listings show old versions. */
  readonly oldVersions: boolean
  /** Milliseconds since 1970: everything is shown as it was then, and nothing can be changed. */
  readonly versionAt: number | undefined
  /** The mask of `@mooring/core/encoding/mask`. */
  readonly encoding: number
}
