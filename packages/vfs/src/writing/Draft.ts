/**
 * The bytes of a file that is being written. They are in memory while they are few, else in a file of the cache folder
 * over the version at the provider: only what was written is local, whatever the size of the object.
 */
import type { StorageError } from "@mooring/core"
import type { SpillFile } from "../cacheFolder/CacheFolder.ts"
import type { Engine } from "../Engine.ts"
import type { FileNode } from "../Node.ts"
import type { Version } from "../reading/Version.ts"
import type { Extents } from "./extents.ts"
import type { Uploader } from "./Uploader.ts"

/** What tells an object that was sent from here from that of somebody else. */
export interface Sent {
  readonly size: number
  /** The modification time that it was sent with. */
  readonly modified: number
}

/** A file that is being written. */
export interface Draft {
  size: number
  /** Milliseconds since 1970. */
  modified: number
  /** Whether somebody set `modified`, so that the time of the last write does not count. */
  dated: boolean
  /** What the changes are made to, and must still be at the provider when they are stored. */
  base: Version | undefined
  /** Bytes of `base` from here on are cut off. */
  baseEnd: number
  /** All bytes, with room for more; undefined once they are in `spill`. */
  memory: Uint8Array | undefined
  spill: SpillFile | undefined
  /** Which bytes are in `spill`. */
  readonly local: Extents
  /** Which bytes differ from `base`. */
  readonly changed: Extents
  /** Sends the file while it is written. */
  upload: Uploader | undefined
  /** Whether there is something that is not stored. */
  dirty: boolean
  /** What was sent and not answered: it may be what is at the provider. */
  tried: Sent | undefined
  /** Whether it must stay although it is stored: the object is about to go. */
  pinned: boolean
  /** Why the last attempt to store it failed; undefined once something is written again. */
  failure: StorageError | undefined
}

/** A draft of an empty file. */
export const emptyDraft = (modified: number): Draft => ({
  size: 0,
  modified,
  dated: false,
  base: undefined,
  baseEnd: 0,
  memory: new Uint8Array(0),
  spill: undefined,
  local: [],
  changed: [],
  upload: undefined,
  dirty: false,
  tried: undefined,
  pinned: false,
  failure: undefined
})

/** A draft with the bytes of a version, none of which is local. */
export const draftOf = (base: Version, size: number): Draft => ({
  ...emptyDraft(base.modified),
  size,
  base,
  baseEnd: size,
  memory: undefined
})

/** Takes note that the draft differs from what is stored. */
export const markDirty = ({ tree, now }: Engine, node: FileNode, draft: Draft): void => {
  draft.dirty = true
  draft.failure = undefined
  if (!draft.dated) draft.modified = now()
  tree.dirty.add(node)
}

/** Frees what the draft holds. */
export const freeBytes = ({ memory }: Engine, draft: Draft): void => {
  if (draft.memory !== undefined) memory.free(draft.memory.byteLength)
  draft.memory = undefined
  draft.spill?.close()
  draft.spill = undefined
  draft.local.length = 0
}

/** Gives up the draft of a file. An upload that is on its way ends with nothing to be seen. */
export const discardDraft = (engine: Engine, node: FileNode): void => {
  const { draft } = node
  if (draft === undefined) return
  draft.upload?.fiber?.interruptUnsafe()
  freeBytes(engine, draft)
  node.draft = undefined
  engine.tree.dirty.delete(node)
}
