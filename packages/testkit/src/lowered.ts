/**
 * A store as the overrides of a setup lower it.
 */
import type { Limits } from "@mooring/core/Capabilities"
import { optionalMembers, type ObjectStore } from "@mooring/core/ObjectStore"
import * as Schema from "effect/Schema"
import * as assert from "node:assert/strict"
import type { Overrides } from "./Suite.ts"

const OverridesFile = Schema.Struct({
  lower: Schema.Record(Schema.String, Schema.Unknown),
  reasons: Schema.Record(Schema.String, Schema.String)
})

/** What the parsed text of an `overrides.json` says; throws if it has another shape. `lowered` checks the names. */
export const overridesOf = (json: unknown): Overrides => Schema.decodeUnknownSync(OverridesFile)(json) as Overrides

/**
 * The store without the members that are lowered and with the limits that are lowered. An entry without a reason, a
 * reason without an entry, and a member that is raised are mistakes in the setup and throw.
 */
export const lowered = (store: ObjectStore, overrides: Overrides | undefined): ObjectStore => {
  if (overrides === undefined) return store
  const names = Object.keys(overrides.lower)
  assert.deepEqual(names.toSorted(), Object.keys(overrides.reasons).toSorted(), "each lowered name has one reason")
  const members = names.filter((name) => (optionalMembers as ReadonlyArray<string>).includes(name))
  const unknown = names.filter((name) => !members.includes(name) && !(name in store.limits))
  assert.deepEqual(unknown, [], "each lowered name is a member or a limit that the store states")
  for (const name of members) assert.equal(overrides.lower[name as keyof Limits], false, `${name} can only be false`)
  const entries = Object.entries(store).filter(([name]) => !members.includes(name))
  const limits = Object.fromEntries(Object.entries(overrides.lower).filter(([name]) => !members.includes(name)))
  return { ...(Object.fromEntries(entries) as unknown as ObjectStore), limits: { ...store.limits, ...limits } }
}
