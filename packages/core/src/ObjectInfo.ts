/**
 * What a listing or a stat says of one thing in a store.
 */
import type { Path } from "./Path.ts"

/** A digest as the provider keeps it: algorithm to lower-case hex. */
export type Checksums = Readonly<Partial<Record<ChecksumName, string>>>

/** The algorithms that object stores speak of. */
export type ChecksumName = "md5" | "sha1" | "sha256" | "crc32" | "crc32c" | "crc64nvme"

/** An object: bytes under a path. */
export interface ObjectInfo {
  readonly kind: "object"
  readonly path: Path
  /** Bytes. Absent only where the provider does not say before the bytes are read. */
  readonly size?: number
  /** Milliseconds since 1970, whole or with a fraction: the stored modification time, else when it was uploaded. */
  readonly modified?: number
  /** Names one state of the object, opaque; compared only with itself. Given to `ifMatch`. */
  readonly validator?: string
  readonly contentType?: string
  readonly checksums?: Checksums
  /** User metadata, names in lower case. A listing leaves it out where that costs a request per object. */
  readonly metadata?: Readonly<Record<string, string>>
  /** The storage class or tier, in the provider's words. */
  readonly tier?: string
}

/** A directory: a real one, a marker, or a common prefix of objects. */
export interface DirectoryInfo {
  readonly kind: "directory"
  readonly path: Path
  readonly modified?: number
}

/** A bucket, container, share or item: the first segment of a path where the provider has them. */
export interface ContainerInfo {
  readonly kind: "container"
  readonly path: Path
  readonly modified?: number
}

/** One thing in a listing. */
export type Entry = ObjectInfo | DirectoryInfo | ContainerInfo
