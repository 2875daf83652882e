/**
 * What one client sent for a work.
 */

/** One request as it came over the wire. */
export interface SentRequest {
  /** What it asks for, in the provider's own words: `PutObject`. */
  readonly operation: string
  readonly method: string
  /** The raw request target. */
  readonly path: string
  /** Names in lower case, values as they came; those of repeated headers are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>
  /** Absent where the server does not keep bodies. */
  readonly body?: Uint8Array
}

/** All that one client sent for a work, in order, and how the work ended. */
export interface Transcript {
  readonly requests: ReadonlyArray<SentRequest>
  readonly outcome: "success" | "failure"
}
