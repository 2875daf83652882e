/**
 * What a host decides of a filesystem. Sizes are bytes, ages are milliseconds.
 */
import type { Path } from "@mooring/core"

const mebibyte = 1024 * 1024

/** The options; only the cache folder has no default. */
export interface VfsOptions {
  /** An absolute path of this machine, for bytes that are not stored yet. Locked by one process; made if it is missing. */
  readonly cacheFolder: string
  /** What is shown as the root; the root of the store if absent. */
  readonly root?: Path
  /** For how long a listing is believed: a change made elsewhere is seen no later. */
  readonly directoryAge?: number
  /** For how long the front end may believe without asking. */
  readonly kernelAge?: number
  /** For how long a store of eventual visibility may show something else than what was written here. */
  readonly settleAge?: number
  /** The most names that are cached, beside those that the front end holds. */
  readonly cachedNames?: number
  /** A directory of more names is not listed to look one up. */
  readonly largeDirectory?: number
  /** What is read at least, and kept. */
  readonly blockSize?: number
  /** Of all blocks that are kept or on their way. */
  readonly blockCache?: number
  /** How far a sequential reader is read ahead at most. */
  readonly readAhead?: number
  /** Requests that read ahead for one reader at once. */
  readonly readStreams?: number
  /** A file of at most so many bytes that is being written is held in memory. */
  readonly smallFile?: number
  /** Of all files in memory that are being written. */
  readonly writeMemory?: number
  /** Once a new file has so many bytes, they are sent while it is being written. */
  readonly streamAfter?: number
  /** An unchanged piece of at least so many bytes is copied at the provider and not sent again, where it can. */
  readonly copyPiece?: number
  /** The most objects below a directory that is renamed by copying. */
  readonly renamedObjects?: number
}

/** The options with the defaults in. */
export type Settings = Required<VfsOptions>

/**
 * The defaults. 30 seconds: a directory in use costs two listings a minute, and a change made elsewhere is seen while its
 * author still waits. 128 KiB is what a kernel reads at once. Together the memory stays far below 300 MB.
 */
export const defaults: Omit<Settings, "cacheFolder"> = {
  root: [],
  directoryAge: 30_000,
  kernelAge: 1000,
  settleAge: 3_600_000,
  cachedNames: 100_000,
  largeDirectory: 50_000,
  blockSize: mebibyte / 8,
  blockCache: 48 * mebibyte,
  readAhead: 32 * mebibyte,
  readStreams: 8,
  smallFile: mebibyte,
  writeMemory: 32 * mebibyte,
  streamAfter: 8 * mebibyte,
  copyPiece: 8 * mebibyte,
  renamedObjects: 1000
}
