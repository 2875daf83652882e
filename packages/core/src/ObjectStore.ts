/**
 * The live, open form of a backend: the operations on its objects, each with its promise.
 *
 * The six operations and `check` are mandatory. An optional member that is absent is unsupported: capabilities are
 * computed from presence (see `Capabilities.ts`) and never declared a second time; only `limits` are data. A call
 * option that a store cannot honour fails with `unsupported` before any byte is sent. Every promise here has a test in
 * `@mooring/testkit`.
 */
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type * as Stream from "effect/Stream"
import type { Limits } from "./Capabilities.ts"
import type { Entry, ObjectInfo } from "./ObjectInfo.ts"
import type { Path } from "./Path.ts"
import type { StorageError } from "./StorageError.ts"

/** Bytes on their way: one block per pull, so that back-pressure counts bytes and not arrays of blocks. */
export type Body = Stream.Stream<Uint8Array, StorageError>

/** How a page is asked for. */
export interface ListOptions {
  /** All objects below the directory instead of its direct children; no directories among them. */
  readonly recursive?: boolean
  /** Where the page before ended. Opaque, only from the same call. */
  readonly cursor?: string
  /** At most so many entries; the provider's own page size if absent. */
  readonly limit?: number
}

/** One page of a listing. Without `cursor` it is the last; a page may be empty and not the last. */
export interface Page {
  readonly entries: ReadonlyArray<Entry>
  readonly cursor?: string
  /** Stored keys that no path reaches, since encoding their name gives another key. Shown, never opened. */
  readonly unaddressable?: ReadonlyArray<string>
}

/** Bytes `start` to `end` inclusive, counted from 0, or to the end of the object; or the last `suffix` (`ranges.ts`). */
export type Range = { readonly start: number; readonly end?: number } | { readonly suffix: number }

/** What of an object is read, and on which condition. */
export interface ReadOptions {
  readonly range?: Range
  /** Fails with `precondition_failed` unless the object still has this validator. */
  readonly ifMatch?: string
  /** One version instead of the current one; only where `versions` is present. */
  readonly version?: string
}

/** An object that is being read. */
export interface ReadResult {
  /** Of the whole object, also when a range is read. */
  readonly info: ObjectInfo
  readonly body: Body
}

/** What is known of a body, what is stored with it, and what must hold of the place. */
export interface WriteOptions {
  /** The exact number of bytes that the body yields. A body that yields more or fewer is an error. */
  readonly size?: number
  /**
   * The MD5 of the body in lower-case hex, if it is known beforehand: another body is an `integrity_error`. It is kept
   * with the object where the service does not know it by itself.
   */
  readonly md5?: string
  /** Milliseconds since 1970. */
  readonly modified?: number
  readonly contentType?: string
  readonly metadata?: Readonly<Record<string, string>>
  /** Fails with `precondition_failed` unless the object has this validator. */
  readonly ifMatch?: string
  /** Fails with `precondition_failed` if there is an object already. */
  readonly ifNoneMatch?: "*"
}

/** One state of an object that the store keeps. The newest first; a delete marker has no bytes. */
export interface Version {
  readonly id: string
  readonly current: boolean
  readonly deleted: boolean
  readonly info: ObjectInfo
}

/** One page of versions. Without `cursor` it is the last. */
export interface VersionPage {
  readonly versions: ReadonlyArray<Version>
  readonly cursor?: string
}

/** A link that carries its own right and works without credentials until it expires. */
export interface PresignedRequest {
  readonly method: "GET" | "PUT"
  /** Holds a signature: as secret as a password until it expires. */
  readonly url: string
  /** Headers that the caller must send with it. */
  readonly headers: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  readonly expires: number
}

/** An upload in parts that was begun and neither completed nor aborted. */
export interface PendingUpload {
  readonly path: Path
  readonly id: string
  readonly started?: number
}

/**
 * What is stored with an upload whose parts come one by one. Size and MD5 of the whole are not among it: nobody sees all
 * parts pass, so that nothing could hold them to it.
 */
export type UploadOptions = Omit<WriteOptions, "size" | "md5">

/** A part that the provider holds. */
export interface UploadedPart {
  /** From 1. */
  readonly number: number
  /** Bytes. */
  readonly size: number
}

/**
 * An upload whose parts come one by one, each durable when its call returns. It outlives the process that opened it:
 * nothing ends it but `complete` and `abort`, also no Scope. `limits.parts` has the rules for sizes and order.
 */
export interface Upload {
  readonly path: Path
  /** What `resumeUpload` takes, in this process or another. As secret as a password: some are links with a right. */
  readonly token: string
  /** What the provider holds by now, in the order of the numbers. */
  readonly parts: Effect.Effect<ReadonlyArray<UploadedPart>, StorageError>
  /** Stores a part; one of this number that is there is replaced, where parts may come in any order. */
  readonly writePart: (number: number, bytes: Uint8Array) => Effect.Effect<void, StorageError>
  /** Stores bytes of an object at the provider as a part; `unsupported` where `limits.parts.copies` is false. */
  readonly copyPart: (
    number: number,
    from: Path,
    range: { readonly start: number; readonly end: number }
  ) => Effect.Effect<void, StorageError>
  /** Joins the parts in the order of their numbers. Replaces what is at the path; durable when it returns. */
  readonly complete: Effect.Effect<ObjectInfo, StorageError>
  /** Frees the parts. Succeeds if the upload is gone. */
  readonly abort: Effect.Effect<void, StorageError>
}

/** What is stored and what may be. Bytes, but for `objects`; absent is not known. */
export interface Usage {
  readonly used?: number
  readonly free?: number
  readonly total?: number
  readonly objects?: number
}

/** What must hold for a copy; a store that cannot honour it fails with `unsupported`. */
export interface CopyOptions {
  /** Fails with `precondition_failed` unless the object that is copied has this validator. */
  readonly ifMatch?: string
  /** Fails with `precondition_failed` if there is an object at the target already. */
  readonly ifNoneMatch?: "*"
}

type Storage<A> = Effect.Effect<A, StorageError>

/** The operations; those without `?` are mandatory. */
export interface ObjectStore {
  readonly limits: Limits

  /** The cheapest authenticated call. Succeeds if the credentials are accepted, whatever they may do. */
  readonly check: Storage<void>

  /** What is at the path (container, directory or object), without reading it; `not_found` if nothing is. */
  readonly stat: (path: Path) => Storage<Entry>

  /**
   * One page of what is in the directory. A directory is never a mere string prefix: `a` does not list `ab`. A
   * directory that does not exist is `not_found`, or an empty page where `limits.missingDirectories` says so. The
   * order is as `limits.order` says. `list.ts` derives the stream of all entries.
   */
  readonly listPage: (directory: Path, options?: ListOptions) => Storage<Page>

  /**
   * The object and its bytes. The body lives in the caller's Scope. Short, long or changed in between is an error,
   * never a success. An interruption closes the connection at once, also before the headers came. A range that starts
   * behind the end, or is none, is `invalid_value`.
   */
  readonly read: (path: Path, options?: ReadOptions) => Effect.Effect<ReadResult, StorageError, Scope.Scope>

  /**
   * Stores the body and returns once it is durable at the provider. Replaces what is there. On failure or
   * interruption nothing half-written is visible and no parts stay behind.
   */
  readonly write: (path: Path, body: Body, options?: WriteOptions) => Storage<ObjectInfo>

  /** Removes the object. Succeeds if it is gone, also if it never was. */
  readonly remove: (path: Path) => Storage<void>

  /** Copies at the provider; no byte passes through here. Replaces what is at `to`. */
  readonly copy?: (from: Path, to: Path, options?: CopyOptions) => Storage<ObjectInfo>

  /** Moves at the provider, in one step. Replaces what is at `to`. */
  readonly move?: (from: Path, to: Path) => Storage<ObjectInfo>

  /** Sets the modification time (milliseconds since 1970) and nothing else. */
  readonly setModified?: (path: Path, modified: number) => Storage<ObjectInfo>

  /** Removes many objects in few calls; the same promise as `remove` for each. */
  readonly removeMany?: (paths: ReadonlyArray<Path>) => Storage<void>

  /** One page of the versions of one object, newest first. */
  readonly versions?: (path: Path, options?: { readonly cursor?: string }) => Storage<VersionPage>

  /** Removes one version for good. Succeeds if it is gone. */
  readonly removeVersion?: (path: Path, version: string) => Storage<void>

  /** A link to read or write one object, valid for `expiresIn` seconds. Nothing is sent. */
  readonly presign?: (path: Path, method: "GET" | "PUT", expiresIn: number) => Storage<PresignedRequest>

  /**
   * The address of an object that everybody may read, without a right in it and without an end. `permission_denied` if
   * the provider does not serve it to everybody; what may be read stays as it is.
   */
  readonly publicLink?: (path: Path) => Storage<string>

  /** Moves an object to one of `limits.tiers`. Its bytes, times and metadata stay. */
  readonly setTier?: (path: Path, tier: string) => Storage<ObjectInfo>

  /** What is used and left where this path is: of a container, or of the whole. */
  readonly usage?: (path: Path) => Storage<Usage>

  /**
   * Overwrites bytes of an object from `offset` on, counted from 0. What lies between its end and `offset` becomes
   * zeros. Not atomic: an interrupted call may leave some of the bytes. `not_found` if there is no object.
   */
  readonly writeAt?: (path: Path, offset: number, bytes: Uint8Array) => Storage<ObjectInfo>

  /** Opens an upload. Nothing is seen at the path until it is completed, and what is there stays until then. */
  readonly openUpload?: (path: Path, options?: UploadOptions) => Storage<Upload>

  /** The upload of a token; `not_found` if it was completed or aborted. */
  readonly resumeUpload?: (token: string) => Storage<Upload>

  /** One page of the uploads in parts that are pending in a container. */
  readonly listUploads?: (
    container: Path,
    options?: { readonly cursor?: string }
  ) => Storage<{ readonly uploads: ReadonlyArray<PendingUpload>; readonly cursor?: string }>

  /** Aborts a pending upload and frees its parts. Succeeds if it is gone. */
  readonly abortUpload?: (upload: PendingUpload) => Storage<void>

  /** Creates a container. Succeeds if it is there already and is ours. */
  readonly createContainer?: (path: Path) => Storage<void>

  /** Removes an empty container; `not_empty` if it is not. Succeeds if it is gone, also if it never was. */
  readonly removeContainer?: (path: Path) => Storage<void>

  /** Makes an empty directory that `stat` and listings show. Succeeds if it is there already. */
  readonly createDirectory?: (path: Path) => Storage<void>

  /** Removes an empty directory; `not_empty` if it is not. Succeeds if it is gone, also if it never was. */
  readonly removeDirectory?: (path: Path) => Storage<void>

  /**
   * Moves a directory and all below it, in one step. `already_exists` or `not_empty` if something is at `to`,
   * `invalid_value` if `to` is below `from`.
   */
  readonly moveDirectory?: (from: Path, to: Path) => Storage<void>
}

/** The names of the optional members: what capabilities are computed from. */
export const optionalMembers = [
  "copy",
  "move",
  "setModified",
  "removeMany",
  "versions",
  "removeVersion",
  "presign",
  "publicLink",
  "setTier",
  "usage",
  "writeAt",
  "openUpload",
  "resumeUpload",
  "listUploads",
  "abortUpload",
  "createContainer",
  "removeContainer",
  "createDirectory",
  "removeDirectory",
  "moveDirectory"
] as const satisfies ReadonlyArray<keyof ObjectStore>

/** One of `optionalMembers`. */
export type OptionalMember = (typeof optionalMembers)[number]
