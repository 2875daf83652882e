/**
 * A store as the overrides of a setup lower it.
 */
import type { Limits } from "@mooring/core/Capabilities"
import { optionalMembers, type ObjectStore } from "@mooring/core/ObjectStore"
import * as assert from "node:assert/strict"
import type { Overrides } from "./Suite.ts"

/**
 * The store without the members that are lowered and with the limits that are lowered. An entry without a reason, a
 * reason without an entry, and a member that is raised are mistakes in the setup and throw.
 */
export const lowered = (store: ObjectStore, overrides: Overrides | undefined): ObjectStore => {
  if (overrides === undefined) return store
  const names = Object.keys(overrides.lower)
  assert.deepEqual(names.toSorted(), Object.keys(overrides.reasons).toSorted(), "each lowered name has one reason")
  const members = names.filter((name) => (optionalMembers as ReadonlyArray<string>).includes(name))
  for (const name of members) assert.equal(overrides.lower[name as keyof Limits], false, `${name} can only be false`)
  const entries = Object.entries(store).filter(([name]) => !members.includes(name))
  const limits = Object.fromEntries(Object.entries(overrides.lower).filter(([name]) => !members.includes(name)))
  return { ...(Object.fromEntries(entries) as unknown as ObjectStore), limits: { ...store.limits, ...limits } }
}
