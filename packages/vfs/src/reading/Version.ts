/**
 * One state of an object, which never changes: what an open file is pinned to, and what cached blocks belong to.
 */
import type { ObjectInfo } from "@mooring/core"
import type { Block } from "./BlockCache.ts"

/** A state of an object. */
export interface Version {
  /** Undefined until the last byte was read, where the provider does not say before. */
  size: number | undefined
  /** Milliseconds since 1970. */
  modified: number
  /** What the provider told of it; undefined if nothing. */
  told: number | undefined
  /** Given to `ifMatch`; undefined where there are none. Another one after a copy of the same bytes elsewhere. */
  validator: string | undefined
  /** Whether `modified` was set here and is not at the provider. */
  overridden: boolean
  /** Cached blocks by number. */
  readonly blocks: Map<number, Block>
}

/** The state that a listing, a read or a write tells of. `fallback` is the time where it tells none. */
export const versionOf = (
  { size, modified, validator }: Pick<ObjectInfo, "size" | "modified" | "validator">,
  fallback: number
): Version => ({
  size,
  modified: modified ?? fallback,
  told: modified,
  validator,
  overridden: false,
  blocks: new Map()
})

/**
 * Whether the object is in this state: by the validator where both have one, else by size and time, as far as they are
 * told.
 */
export const isVersion = (
  version: Version,
  { size, modified, validator }: Pick<ObjectInfo, "size" | "modified" | "validator">
): boolean => {
  if (version.validator !== undefined && validator !== undefined) return version.validator === validator
  const sameSize = size === undefined || version.size === undefined || size === version.size
  return sameSize && (modified === undefined || version.told === undefined || Math.abs(modified - version.told) < 1)
}
