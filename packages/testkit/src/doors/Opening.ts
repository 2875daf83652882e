/**
 * What a process opens besides what it was given.
 */

/** The kinds of things that only Transport and Ambient open. */
export type OpeningKind = "socket" | "file" | "process"

/** One thing that was opened. */
export interface Opening {
  readonly kind: OpeningKind
  /** The function of Node that opened it, as `fs.readFileSync`. */
  readonly call: string
  /** The file of the code that called it; undefined if only Node's own code is on the stack, as with `fetch`. */
  readonly opener: string | undefined
}
