/**
 * Where the state of a memory store lives, and who sees which state.
 */
import type { MemoryState } from "./MemoryState.ts"

/** The holder of a store's state. */
export interface Ledger {
  /** The newest state: what changes and conditions build on. */
  readonly newest: () => MemoryState
  /** The state that a look at the store sees; an older one for the first `lag` looks after a change. */
  readonly look: () => MemoryState
  readonly update: (change: (state: MemoryState) => MemoryState) => void
}

/** A ledger whose changes are seen only after `lag` looks: bounded, and the same on every run. */
export const makeLedger = (start: MemoryState, lag: number): Ledger => {
  let newest = start
  let shown = start
  let waiting = 0
  return {
    newest: () => newest,
    look: () => {
      if (waiting > 0) waiting -= 1
      else shown = newest
      return shown
    },
    update: (change) => {
      newest = change(newest)
      waiting = lag
    }
  }
}
