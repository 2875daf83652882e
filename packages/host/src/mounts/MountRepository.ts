/**
 * Where mounts are kept, for all processes on the same state: each serves its own mounts and sees those of the others.
 */
import type { StorageError } from "@mooring/core/StorageError"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { ProcessIdentity } from "./ProcessIdentity.ts"

/** How a mount is made. */
export interface MountOptions {
  readonly readOnly: boolean
  /** Whether others than the user who mounts may enter; the kernel checks owner and mode then. */
  readonly allowOther: boolean
  /** Whose everything is; the user who mounts if absent. */
  readonly uid?: number
  readonly gid?: number
  /** Bits that no mode has, as 0o022. */
  readonly umask?: number
  /** The mode of files before the umask, 0o666 if absent; with 0o777 they can be run. */
  readonly fileMode?: number
  /** Milliseconds for which a listing of a directory is believed. */
  readonly directoryAge?: number
  /** Bytes of blocks that are kept in memory. */
  readonly cacheBytes?: number
  /** The folder for what is not stored yet; one of the mount's own if absent. */
  readonly cacheFolder?: string
}

/** A file that was written to and is not at the provider yet. */
export interface PendingFile {
  /** From the root of the mount. */
  readonly path: string
  readonly bytes: number
}

/** A mount as it is kept. */
export interface MountRecord {
  /** `mnt_` and 16 hex digits. */
  readonly id: string
  /** The id of the backend. */
  readonly backend: string
  /** What of the backend is shown, as text; empty is all of it. */
  readonly path: string
  /** The real path of the directory at which it is shown. */
  readonly target: string
  readonly options: MountOptions
  /** Whether a server that starts brings it back. */
  readonly restored: boolean
  readonly created: number
}

/** How a mount is ended. */
export interface UnmountOptions {
  /** Milliseconds for which what is pending may still be written. */
  readonly deadline: number
  /** Whether it ends with what is left, which is lost. */
  readonly force: boolean
}

/** What the process that serves a mount says of it, and what others ask of that process. */
export interface MountStatus {
  readonly served: ProcessIdentity
  readonly mounted: boolean
  readonly pending: ReadonlyArray<PendingFile>
  /** Whether and how it is to be unmounted; absent is not. */
  readonly leave?: UnmountOptions
}

/** A record with its status. */
export interface KeptMount extends MountRecord {
  readonly status: MountStatus
}

/** The operations on it. All fail with `internal` if the store of the records does. */
export interface MountRepositoryShape {
  /** Fails with `already_exists` if the id or the target is taken. */
  readonly insert: (mount: KeptMount) => Effect.Effect<void, StorageError>
  /** By id or target. Fails with `not_found`. */
  readonly get: (idOrTarget: string) => Effect.Effect<KeptMount, StorageError>
  /** In the order in which they were made. */
  readonly list: Effect.Effect<ReadonlyArray<KeptMount>, StorageError>
  /** What the serving process knows; what others ask of it stays. Does nothing if the mount is gone. */
  readonly report: (id: string, status: Omit<MountStatus, "leave">) => Effect.Effect<void, StorageError>
  /** Asks the process that serves it to unmount; `undefined` takes that back. */
  readonly ask: (id: string, leave: UnmountOptions | undefined) => Effect.Effect<void, StorageError>
  /** Succeeds if it is gone. */
  readonly remove: (id: string) => Effect.Effect<void, StorageError>
}

/** The service. */
export class MountRepository extends Context.Service<MountRepository, MountRepositoryShape>()(
  "@mooring/host/MountRepository"
) {}
