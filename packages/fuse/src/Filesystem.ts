/**
 * What a front end serves: a filesystem of files and directories, told by numbers of nodes and handles.
 *
 * It is a shape and nothing else, so that what satisfies it need not know this package.
 */
import type { StorageError } from "@mooring/core"
import type * as Effect from "effect/Effect"
import type * as Stream from "effect/Stream"

/** Milliseconds since 1970, or the time of the call. */
type Time = number | "now"

/** What the kernel is told of a file or directory. Who owns it and its mode are the front end's. */
export interface Attributes {
  /** The number of the inode: the same for the same thing while the filesystem lives, never used again. The root is 1. */
  readonly node: number
  readonly kind: "file" | "directory"
  /** Bytes. */
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
}

/** A thing that was looked up, and for how many milliseconds its name and attributes may be believed without asking. */
export interface Found {
  readonly attributes: Attributes
  readonly nameAge: number
  readonly attributesAge: number
}

/** What open(2) was asked for: whether to read, to write, to write at the end, and to empty the file first. */
export interface OpenOptions {
  readonly read: boolean
  readonly write: boolean
  readonly append: boolean
  readonly truncate: boolean
}

/** An open file: the number by which it is meant from here on, and how far the kernel may cache it. */
export interface Opened {
  readonly handle: number
  /** Whether what the kernel has cached of the file is still right. */
  readonly keepCache: boolean
  /** Whether the kernel must not cache it: its size is not known. */
  readonly direct: boolean
}

/** What changed without the kernel: a name in a directory, or the bytes or attributes of a node. */
export type Change =
  | { readonly kind: "name"; readonly parent: number; readonly name: string }
  | { readonly kind: "node"; readonly node: number }

type Result<A> = Effect.Effect<A, StorageError>

/**
 * A filesystem as a front end serves it. A name is a segment of core's `Path`: well-formed text that stands for bytes
 * (`‛XX` for a byte that is not UTF-8). Interrupting a call is how the kernel's INTERRUPT reaches it; a call that ends
 * interrupted leaves nothing open and nothing looked up.
 */
export interface Filesystem {
  readonly lookup: (parent: number, name: string) => Result<Found>
  /** The kernel knows the node by an entry of a directory that it was sent: one more look-up. */
  readonly remember: (node: number) => void
  /** The kernel has let go of so many look-ups of the node. */
  readonly forget: (node: number, count: number) => void
  readonly attributes: (node: number) => Result<Found>
  readonly setAttributes: (
    node: number,
    changes: { readonly size?: number; readonly modified?: Time },
    handle?: number
  ) => Result<Found>
  readonly makeDirectory: (parent: number, name: string) => Result<Found>
  /** Makes a file and opens it; `already_exists` if it is there and `exclusive`. */
  readonly create: (
    parent: number,
    name: string,
    options: OpenOptions & { readonly exclusive: boolean }
  ) => Result<Found & Opened>
  readonly unlink: (parent: number, name: string) => Result<void>
  readonly removeDirectory: (parent: number, name: string) => Result<void>
  /** `replace` false is RENAME_NOREPLACE. */
  readonly rename: (
    from: { readonly parent: number; readonly name: string },
    to: { readonly parent: number; readonly name: string },
    options: { readonly replace: boolean }
  ) => Result<void>
  readonly open: (node: number, options: OpenOptions) => Result<Opened>
  /** At most `size` bytes from `offset` on; fewer only at the end of the file. */
  readonly read: (handle: number, offset: number, size: number) => Result<Uint8Array>
  /**
   * Whether `write` has done with its bytes when it ends. They are then where the kernel wrote them, and no copy is made,
   * which is most of what a large write costs. Without it, the callee may keep them.
   */
  readonly transientWrites?: boolean
  /** All of the bytes. */
  readonly write: (handle: number, offset: number, bytes: Uint8Array) => Result<void>
  /** One descriptor of the handle is being closed: when it succeeds, what was written is durable. */
  readonly flush: (handle: number) => Result<void>
  readonly fsync: (handle: number) => Result<void>
  /** The last descriptor is gone. Nobody sees its error. */
  readonly release: (handle: number) => Result<void>
  /** Takes a snapshot of the directory, whose entries have fixed offsets. */
  readonly openDirectory: (node: number) => Result<number>
  /** Entries of the snapshot from the `offset`-th on, at most `count`. None of them counts as looked up: see `remember`. */
  readonly readDirectory: (
    handle: number,
    offset: number,
    count: number
  ) => Result<ReadonlyArray<Found & { readonly name: string }>>
  readonly releaseDirectory: (handle: number) => Result<void>
  /** Bytes; answered without asking the provider. */
  readonly usage: () => { readonly total: number; readonly free: number }
  /** Changes that were not made through this filesystem, and those of which the kernel cannot know. */
  readonly changes: Stream.Stream<Change>
}
