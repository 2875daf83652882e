/**
 * Files and directories as they are known here: the inodes. Mutable, since renaming a directory of ten thousand names must
 * move one link and not ten thousand paths.
 */
import type { Path } from "@mooring/core"
import type * as Deferred from "effect/Deferred"
import * as Semaphore from "effect/Semaphore"
import type { StorageError } from "@mooring/core"
import type { LocalChange } from "./directory/LocalChange.ts"
import type { Handle } from "./Handle.ts"
import type { Version } from "./reading/Version.ts"
import type { Draft } from "./writing/Draft.ts"

/** What files and directories share. */
interface Base {
  readonly id: number
  /** The name in `parent`. */
  name: string
  /** Undefined for the root, and for what was removed and is still open. */
  parent: DirectoryNode | undefined
  /** How often the front end has looked it up and not let go. */
  lookups: number
  /** Whether it is being removed at the provider: who opens it waits for the end of that, and nothing is made in it. */
  leaving: boolean
  /** The number of its last move here; 0 if it was never moved. */
  moveNumber: number
  /** Done when it has its new path; undefined while nobody moves it at the provider. */
  moving: Deferred.Deferred<void> | undefined
}

/** A file. */
export interface FileNode extends Base {
  readonly kind: "file"
  /** What is at the provider; undefined until the file is stored for the first time. */
  version: Version | undefined
  /** The version, or its successors from here, that the front end has cached. */
  cached: Version | undefined
  /** Bytes that are not stored, or are still needed here. */
  draft: Draft | undefined
  /** Open handles. */
  handles: Set<Handle> | undefined
  /** One change at a time. */
  lock: Semaphore.Semaphore | undefined
}

/** A directory or container. */
export interface DirectoryNode extends Base {
  readonly kind: "directory"
  modified: number
  readonly children: Map<string, Node>
  /** When the listing that is in `children` was asked for; undefined if there is none. */
  listedAt: number | undefined
  /** Whether somebody used the listing since it was last spared. */
  used: boolean
  /** The listing that is on its way. */
  listing: Deferred.Deferred<void, StorageError> | undefined
  /** How many names are being asked for one by one. */
  asking: number
  /** Names are looked up one by one: the listing is refused, or too large. */
  single: boolean
  /** Names that were looked up one by one, and when. */
  readonly looked: Map<string, number>
  /** What was changed through this filesystem and may be missing in a listing. */
  readonly changes: Map<string, LocalChange>
  /** Names that are being changed at the provider: what a listing tells of them may be true no more, or not yet. */
  readonly changing: Array<string>
  /** Stays although the provider shows nothing in it: it was made here, or became empty here. */
  kept: boolean
  /** Names of the listing that are not shown. */
  hidden: number
  /** Open snapshots. */
  opens: number
}

/** An inode. */
export type Node = FileNode | DirectoryNode

/** A name in a directory. */
export interface NodePlace {
  readonly parent: DirectoryNode
  readonly name: string
}

/** A file that is not known yet. */
export const makeFile = (id: number, parent: DirectoryNode, name: string, version: Version | undefined): FileNode => ({
  kind: "file",
  id,
  name,
  parent,
  lookups: 0,
  leaving: false,
  moveNumber: 0,
  moving: undefined,
  version,
  cached: undefined,
  draft: undefined,
  handles: undefined,
  lock: undefined
})

/** A directory that is not known yet. */
export const makeDirectoryNode = (
  id: number,
  parent: DirectoryNode | undefined,
  name: string,
  modified: number
): DirectoryNode => ({
  kind: "directory",
  id,
  name,
  parent,
  lookups: 0,
  leaving: false,
  moveNumber: 0,
  moving: undefined,
  modified,
  children: new Map(),
  listedAt: undefined,
  used: false,
  listing: undefined,
  asking: 0,
  single: false,
  looked: new Map(),
  changes: new Map(),
  changing: [],
  kept: false,
  hidden: 0,
  opens: 0
})

/** Where the node is, from the root of the filesystem. */
export const pathOf = (node: Node): Path => {
  const path: Array<string> = []
  for (let at: Node = node; at.parent !== undefined; at = at.parent) path.push(at.name)
  return path.toReversed()
}

/** The number of the last move of the node or of a directory above it: while it is the same, so is the path. */
export const lastMove = (node: Node): number => {
  let last = 0
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) last = Math.max(last, at.moveNumber)
  return last
}

/** Whether the node is `directory` or below it. */
export const isWithin = (node: Node, directory: Node): boolean => {
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) if (at === directory) return true
  return false
}

/** The lock of a file; made when it is first needed, since most files are never changed. */
export const lockOf = (node: FileNode): Semaphore.Semaphore => (node.lock ??= Semaphore.makeUnsafe(1))

/** Whether somebody has the file open for writing. */
export const hasWriter = (node: FileNode): boolean => node.handles?.values().some(({ write }) => write) ?? false

/** Whether somebody has the file or directory open. */
export const isOpen = (node: Node): boolean => (node.kind === "file" ? (node.handles?.size ?? 0) > 0 : node.opens > 0)
