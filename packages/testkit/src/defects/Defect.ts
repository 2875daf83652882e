/**
 * What a seeded defect is: a mistake that a provider could make, as a wrapper over a sound store.
 */
import type { ObjectStore } from "@mooring/core/ObjectStore"
import type { Personality } from "../memory/Personality.ts"

/** One mistake. */
export interface Defect {
  readonly name: string
  /** The store with the mistake in it. */
  readonly damage: (store: ObjectStore) => ObjectStore
  /** The memory store that it is seeded in: `versioned`, which has most members, if absent. */
  readonly over?: Personality
  /** Exactly the suites that must notice. */
  readonly fails: ReadonlyArray<string>
}
