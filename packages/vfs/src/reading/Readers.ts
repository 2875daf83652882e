/**
 * Shares what may be read ahead among the sequential readers, so that none pushes out of the cache what another, or itself,
 * has yet to read.
 */
import type { ReadWindow } from "./ReadWindow.ts"

/** The readers that read sequentially. */
export interface Readers {
  /** How many bytes may be read ahead for this reader, which reads now. */
  readonly share: (window: ReadWindow, now: number) => number
  /** The reader is done. */
  readonly leave: (window: ReadWindow) => void
}

/** A reader that has read nothing for so long needs no share. */
const idle = 1000

/** How often idle readers are looked for. */
const sweep = 100

/** Readers that share so many bytes. */
export const makeReaders = (budget: number): Readers => {
  const used = new Map<ReadWindow, number>()
  let swept = 0
  return {
    share: (window, now) => {
      used.set(window, now)
      if (now - swept >= sweep) {
        swept = now
        for (const [other, time] of used) if (now - time >= idle) used.delete(other)
      }
      return budget / used.size
    },
    leave: (window) => void used.delete(window)
  }
}
