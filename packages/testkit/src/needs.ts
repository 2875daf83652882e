/**
 * What tests need of a store, as values with names.
 */
import type { Limits } from "@mooring/core/Capabilities"
import type { OptionalMember } from "@mooring/core/ObjectStore"
import type { Need, Subject } from "./Suite.ts"

/** The optional member is there. */
export const member = (name: OptionalMember): Need => ({ name, key: name, met: ({ members }) => members[name] })

/** The limit is as the test needs it; `wording` says how, as `limits.order is bytes`. */
export const limit = (key: keyof Limits, wording: string, met: (limits: Limits) => boolean): Need => ({
  name: `limits.${key} ${wording}`,
  key,
  met: ({ limits }) => met(limits)
})

/** The limit is the provider's own, and not that of one server of its kind. */
export const itsOwn = (key: keyof Limits): Need => ({
  name: `limits.${key} is the provider's own`,
  key,
  met: (_, { overrides }) => overrides?.lower[key] === undefined
})

/** The option of `write` is stored. */
export const stores = (option: Limits["stores"][number]): Need =>
  limit("stores", `has ${option}`, (limits) => limits.stores.includes(option))

/** `write` honours the condition. */
export const writes = (condition: Limits["writeConditions"][number]): Need =>
  limit("writeConditions", `has ${condition}`, (limits) => limits.writeConditions.includes(condition))

/** Large objects are sent in parts. */
export const parts: Need = limit("parts", "are given", (limits) => limits.parts !== undefined)

/** A failed write leaves the object before untouched. */
export const atomicWrite: Need = limit("atomicWrite", "is true", (limits) => limits.atomicWrite)

/** States can be told apart. */
export const validator: Need = limit("validator", "is not none", (limits) => limits.validator !== "none")

/** The first segment of a path is a container. */
export const containers: Need = limit("containers", "is true", (limits) => limits.containers)

/** The subject comes with this optional part. */
export const given = (name: keyof Subject): Need => ({
  name: `subject.${name}`,
  key: name,
  met: (_, subject) => subject[name] !== undefined
})
