/**
 * How much memory all files that are being written take together.
 */

/** The account. */
export interface WriteMemory {
  /** Whether so many more bytes fit; if so they are taken. */
  readonly take: (bytes: number) => boolean
  readonly free: (bytes: number) => void
  readonly held: () => number
}

/** An account of so many bytes. */
export const makeWriteMemory = (budget: number): WriteMemory => {
  let held = 0
  return {
    take: (bytes) => {
      if (held + bytes > budget) return false
      held += bytes
      return true
    },
    free: (bytes) => void (held -= bytes),
    held: () => held
  }
}
