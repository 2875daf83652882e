/**
 * What tells one kind of memory store from another, as data.
 */
import type { Limits } from "@mooring/core/Capabilities"
import type { OptionalMember } from "@mooring/core/ObjectStore"

/** One kind of store. */
export interface Personality {
  readonly name: string
  /** One sentence: which real stores behave like it. */
  readonly like: string
  readonly limits: Limits
  readonly members: ReadonlyArray<OptionalMember>
  /** Segments that cannot be stored. */
  readonly reserved: ReadonlyArray<string>
  /** How many looks at the store still see the state before a change. */
  readonly lag: number
  /** How the bytes of a body become an object: see `uploads.ts`. */
  readonly upload: "parts" | "whole" | "append"
  /** The only container that the key may see. */
  readonly onlyContainer?: string
}
