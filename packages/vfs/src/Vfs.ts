/**
 * The filesystem that a front end (a kernel protocol, a file server) serves, and what its host asks of it.
 *
 * A name is a segment of core's `Path`. Interrupting a call ends the work that only this call wanted. The handles and
 * look-ups that a front end holds are numbers, so that it needs no object of ours.
 */
import type { Path, StorageError } from "@mooring/core"
import type * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"

/** Milliseconds since 1970, or the time of the call. */
export type Time = number | "now"

/** What is told of a file or directory. Owner and mode are the front end's. */
export interface Attributes {
  /** The number of the inode. It stays the same while the thing is known here, and is never given twice. The root is 1. */
  readonly node: number
  readonly kind: "file" | "directory"
  /** Bytes. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
}

/** A thing that was found, and for how many milliseconds its name and attributes may be believed without asking. */
export interface Found {
  readonly attributes: Attributes
  readonly nameAge: number
  readonly attributesAge: number
}

/** How a file is opened. */
export interface OpenOptions {
  readonly read: boolean
  readonly write: boolean
  readonly append: boolean
  readonly truncate: boolean
}

/** An open file. */
export interface Opened {
  readonly handle: number
  /** Whether what the front end has cached of the file is still right. */
  readonly keepCache: boolean
  /** Whether the front end must not cache it: its size is not known. */
  readonly direct: boolean
}

/** A name in a directory that was seen with its attributes, not looked up. */
export type DirectoryEntry = Found & { readonly name: string }

/** What changed without the front end: a name in a directory, or the bytes or attributes of a node. */
export type Change =
  | { readonly kind: "name"; readonly parent: number; readonly name: string }
  | { readonly kind: "node"; readonly node: number }

/** A name in a directory. */
export interface Place {
  readonly parent: number
  readonly name: string
}

/** A file whose bytes are not all at the provider. */
export interface Pending {
  /** From the root of the filesystem. */
  readonly path: Path
  /**
   * `open`: a writer has it and will close it. `uploading`: its bytes are on their way. `failed`: it could not be stored
   * and nobody was told, so that it is kept until `flushAll` stores it.
   */
  readonly state: "open" | "uploading" | "failed"
  /** Of the whole file. */
  readonly bytes: number
  /** Why the last attempt failed. */
  readonly error?: StorageError
}

/** The result of each operation; every error has its errno in core's table. */
type Result<A> = Effect.Effect<A, StorageError>

/** The filesystem. */
export interface Vfs {
  /** What has this name; one more look-up of the node. `not_found` if nothing has. */
  readonly lookup: (parent: number, name: string) => Result<Found>
  /** An entry of a directory was handed on as looked up: one more look-up of the node. */
  readonly remember: (node: number) => void
  /** So many look-ups of the node are let go. */
  readonly forget: (node: number, count: number) => void
  /** Size and times. */
  readonly attributes: (node: number) => Result<Found>
  /** Truncates, extends with zeros, sets the modification time. Durable at once, or at close where a writer is open. */
  readonly setAttributes: (
    node: number,
    changes: { readonly size?: number; readonly modified?: Time },
    handle?: number
  ) => Result<Found>
  /** Makes a directory or, at the root of a store of containers, a container. */
  readonly makeDirectory: (parent: number, name: string) => Result<Found>
  /** Makes a file and opens it; `already_exists` if it is there and `exclusive`. Stored when it is closed. */
  readonly create: (
    parent: number,
    name: string,
    options: OpenOptions & { readonly exclusive: boolean }
  ) => Result<Found & Opened>
  /** Removes a file; its open handles go on. */
  readonly unlink: (parent: number, name: string) => Result<void>
  /** Removes an empty directory or container. */
  readonly removeDirectory: (parent: number, name: string) => Result<void>
  /** Replaces what is at `to`, unless `replace` is false. `cross_device` where the caller has to copy. */
  readonly rename: (from: Place, to: Place, options: { readonly replace: boolean }) => Result<void>
  /** Opens a file. */
  readonly open: (node: number, options: OpenOptions) => Result<Opened>
  /** At most `size` bytes from `offset` on; fewer only at the end of the file. */
  readonly read: (handle: number, offset: number, size: number) => Result<Uint8Array>
  /** All of the bytes, which are kept: the caller does not change them. */
  readonly write: (handle: number, offset: number, bytes: Uint8Array) => Result<void>
  /** A descriptor is being closed: when it succeeds, what was written is durable at the provider. */
  readonly flush: (handle: number) => Result<void>
  /** The same promise as `flush`. */
  readonly fsync: (handle: number) => Result<void>
  /** The last descriptor is gone. */
  readonly release: (handle: number) => Result<void>
  /** Takes a snapshot of the directory, whose entries have fixed offsets. */
  readonly openDirectory: (node: number) => Result<number>
  /** Entries of the snapshot from the `offset`-th on, at most `count`. None of them counts as looked up. */
  readonly readDirectory: (handle: number, offset: number, count: number) => Result<ReadonlyArray<DirectoryEntry>>
  readonly releaseDirectory: (handle: number) => Result<void>
  /** Bytes; never waits for the provider. */
  readonly usage: () => { readonly total: number; readonly free: number }
  /** Changes that were not made through this filesystem. */
  readonly changes: Stream.Stream<Change>
  /** What is not durable yet. */
  readonly pending: Effect.Effect<ReadonlyArray<Pending>>
  /** Stores all that is pending, for at most `deadline` milliseconds, and answers what is left. */
  readonly flushAll: (options: { readonly deadline: number }) => Effect.Effect<ReadonlyArray<Pending>>
  /** Lists a directory anew; without a path, every directory when it is next asked for. */
  readonly refresh: (path?: Path) => Result<void>
  /** How many names of the listings that are cached are not shown (see SEMANTICS.md). */
  readonly hidden: () => number
}
