/**
 * What a store needs to know: the options after defaults and derivations, each thing once.
 */
import type { Authentication } from "@mooring/core/connectionTest/Authentication"
import type { CredentialSource } from "./credentials/CredentialSource.ts"

/** The storage classes of today, from the one that is dearest to keep to the one that is dearest to read. */
export const tiers = ["STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE"] as const

/** The settings of one store. */
export interface GoogleCloudStorageSettings {
  /** Scheme, host and port. */
  readonly origin: string
  /** The path of the JSON API without a slash at its end, as `/storage/v1`. */
  readonly basePath: string
  readonly credentials: CredentialSource
  /** Which options that source is from, and which stand behind it. */
  readonly authentication: Authentication
  /** The project whose buckets are listed and created; undefined is none. */
  readonly project: string | undefined
  /** The project that is billed for requests; undefined is that of the bucket. */
  readonly userProject: string | undefined
  /** Whether access is left to the policies of buckets. */
  readonly policyOnly: boolean
  /** Predefined ACL of new objects; undefined was left to us. */
  readonly objectAcl: string | undefined
  /** Predefined ACL of new buckets. */
  readonly bucketAcl: string
  /** Storage class of new objects and buckets; undefined is that of the bucket. */
  readonly storageClass: string | undefined
  /** Location of new buckets; undefined is the choice of the service. */
  readonly location: string | undefined
  readonly decompress: boolean
  /** Whether empty directories are kept, as objects without bytes whose name ends in a slash. */
  readonly directoryMarkers: boolean
  /** Bytes of each piece of an upload in pieces, a multiple of 256 KiB. A smaller body goes up in one request. */
  readonly chunkSize: number
  /** The mask of `@mooring/core/encoding/mask`. */
  readonly encoding: number
}
