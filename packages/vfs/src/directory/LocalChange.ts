/**
 * What was changed through this filesystem in a directory, for as long as a listing may not show it.
 */
import type { Version } from "../reading/Version.ts"

/** One name that was stored or removed here. */
export interface LocalChange {
  readonly kind: "present" | "absent"
  /** Listings that were asked for before this number say nothing of the change. */
  readonly sequence: number
  /** When, in milliseconds. */
  readonly time: number
  /** What was stored; undefined if nothing is. */
  readonly version: Version | undefined
  /** What was there before: a store that shows changes late may go on showing it. */
  readonly superseded: ReadonlyArray<Version>
}
