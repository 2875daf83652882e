/**
 * What a store can do: computed from the presence of its optional members, plus the record of its limits.
 *
 * Capabilities are what the provider can do; permissions, what this key may do, are what a connection test saw.
 */
import { optionalMembers, type ObjectStore, type OptionalMember } from "./ObjectStore.ts"

/** Rules for the parts of a large upload. Sizes are bytes. */
export interface PartRules {
  /** The smallest part but the last. */
  readonly min: number
  readonly max: number
  /** The most parts of one upload. */
  readonly count: number
  /** Whether parts must come in the order of their numbers. */
  readonly ordered: boolean
  /** Whether a part can be a range of an object at the provider. */
  readonly copies: boolean
}

/** Facts about a provider that no member shows. Sizes are bytes. */
export interface Limits {
  /** Whether the first segment of a path is a container; if not, everything is below one root. */
  readonly containers: boolean
  /** How well a validator tells states apart: `strong` any change, `weak` most, `none` has no validators. */
  readonly validator: "strong" | "weak" | "none"
  /** `immediate`: what was written is seen by the next call. `eventual`: some time later. */
  readonly visibility: "immediate" | "eventual"
  /** Whether a failed or interrupted write leaves what was there before untouched. */
  readonly atomicWrite: boolean
  /** `bytes`: listings are in the order of the UTF-8 bytes of names. `none`: in any order. */
  readonly order: "bytes" | "none"
  /** What listing a directory that does not exist answers. */
  readonly missingDirectories: "not_found" | "empty"
  /** Whether an object of no bytes can be stored. */
  readonly emptyObjects: boolean
  /** Whether a directory exists without objects in it only if it was created. */
  readonly realDirectories: boolean
  /** Whether an object `a` can stand beside objects `a/b`. */
  readonly objectsBesideDirectories: boolean
  /** Conditions that `write` honours. */
  readonly writeConditions: ReadonlyArray<"ifMatch" | "ifNoneMatch">
  /** Options of `write` that are stored and read back. */
  readonly stores: ReadonlyArray<"modified" | "contentType" | "metadata">
  /** The smallest step of a stored modification time, in milliseconds. */
  readonly modifiedPrecision?: number
  /** Rules for the parts of a large upload; absent where an object is sent whole. */
  readonly parts?: PartRules
  /** The storage classes or tiers that `setTier` takes, in the provider's words. */
  readonly tiers?: ReadonlyArray<string>
  /** `nothing`: where the current version of an object is removed for good, the one before does not take its place. */
  readonly withoutCurrent?: "nothing"
  /** `read`: `presign` gives links to read only, where a service takes uploads in another way than by PUT. */
  readonly links?: "read"
  /** The largest object. */
  readonly maxSize?: number
  /** The longest name: of a segment in bytes, of a whole key in bytes. */
  readonly maxSegment?: number
  readonly maxKey?: number
  /** The most entries that one page holds. */
  readonly maxPage?: number
}

/** What a store can do: the presence of each optional member, and the limits. */
export interface Capabilities {
  readonly members: Readonly<Record<OptionalMember, boolean>>
  readonly limits: Limits
}

/** What this store can do. */
export const capabilitiesOf = (store: ObjectStore): Capabilities => ({
  members: Object.fromEntries(optionalMembers.map((name) => [name, store[name] !== undefined])) as Record<
    OptionalMember,
    boolean
  >,
  limits: store.limits
})
