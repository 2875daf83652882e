/**
 * What a store needs to know: the options, decided.
 */
import type { Authentication } from "@mooring/core/connectionTest/Authentication"
import type { AuthSource } from "./credentials/AuthSource.ts"

export interface SwiftSettings {
  readonly auth: AuthSource
  /** Which options it is made of. */
  readonly authentication: Authentication
  /** The policy of new containers; empty is the service's choice. */
  readonly storagePolicy: string
  /** Bytes of a segment; what is larger goes up in segments. */
  readonly chunkSize: number
  /** Whether a stream of unknown size goes up in segments. */
  readonly chunkStreams: boolean
  /** Whether there are large objects at all. */
  readonly largeObjects: boolean
  /** Whether segments of a failed upload stay. */
  readonly leaveParts: boolean
  /** Whether segments are in a container of their own; undefined is decided by the host of the auth URL. */
  readonly segmentsContainer: boolean | undefined
  /** Whether only an empty page ends a listing. */
  readonly untilEmptyPage: boolean
  /** By how many percent a page may be short and not the last. */
  readonly partialPage: number
  /** The mask of `@mooring/core/encoding/mask`. */
  readonly encoding: number
}
