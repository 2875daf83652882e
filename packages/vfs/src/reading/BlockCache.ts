/**
 * Blocks of objects in memory, the least recently used given up first: one budget for all files.
 */
import type { StorageError } from "@mooring/core"
import type * as Deferred from "effect/Deferred"
import type { Version } from "./Version.ts"

/** An aligned piece of an object. */
export interface Block {
  readonly version: Version
  readonly index: number
  /** Shorter than a block only at the end of the object. */
  bytes: Uint8Array
  /** What it takes of the budget. */
  readonly room: number
  state: "loading" | "ready" | "failed"
  /** Completed when it is loading no more. */
  readonly done: Deferred.Deferred<void, StorageError>
  /** How many reads wait for it. */
  waiting: number
  /** Its neighbours in the order of use, while it is kept. */
  older: Block | undefined
  newer: Block | undefined
}

/** The cache. */
export interface BlockCache {
  /** Bytes of blocks that are on their way. */
  readonly loading: () => number
  /** Bytes of all blocks. */
  readonly held: () => number
  /** Room for a block that will come. It counts from now on, and older blocks make room. */
  readonly begin: (block: Block) => void
  /** The block is there. */
  readonly ready: (block: Block) => void
  /** The block did not come. */
  readonly failed: (block: Block) => void
  /** The block is used: it is given up later. */
  readonly touch: (block: Block) => void
  /** Gives up all blocks of a version. */
  readonly drop: (version: Version) => void
}

/** A cache of so many bytes. Blocks that are on their way are never given up, and may exceed it for a moment. */
export const makeBlockCache = (budget: number): BlockCache => {
  let oldest: Block | undefined
  let newest: Block | undefined
  let loading = 0
  let held = 0

  const unlink = (block: Block): void => {
    if (block.older !== undefined) block.older.newer = block.newer
    else if (oldest === block) oldest = block.newer
    if (block.newer !== undefined) block.newer.older = block.older
    else if (newest === block) newest = block.older
    block.older = undefined
    block.newer = undefined
  }
  const append = (block: Block): void => {
    block.older = newest
    if (newest === undefined) oldest = block
    else newest.newer = block
    newest = block
  }
  const giveUp = (block: Block): void => {
    unlink(block)
    held -= block.room
    if (block.version.blocks.get(block.index) === block) block.version.blocks.delete(block.index)
  }

  const makeRoom = (): void => {
    for (;;) {
      const block = oldest
      if (held <= budget || block === undefined) return
      giveUp(block)
    }
  }

  return {
    loading: () => loading,
    held: () => held,
    begin: (block) => {
      block.version.blocks.set(block.index, block)
      loading += block.room
      held += block.room
      makeRoom()
    },
    ready: (block) => {
      loading -= block.room
      block.state = "ready"
      append(block)
    },
    failed: (block) => {
      loading -= block.room
      block.state = "failed"
      giveUp(block)
    },
    touch: (block) => {
      // Neither the newest, nor one that was given up while somebody waited for it.
      if (block.newer === undefined) return
      unlink(block)
      append(block)
    },
    drop: (version) => {
      for (const block of version.blocks.values()) if (block.state === "ready") giveUp(block)
    }
  }
}
