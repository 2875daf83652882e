/**
 * Preconditions on generations and metagenerations.
 *
 * Source: https://cloud.google.com/storage/docs/request-preconditions
 */
import type { StoredObject } from "./objects.ts"
import { parameter, type RawRequest } from "./rawRequest.ts"
import { invalidParameter, Refusal } from "./Refusal.ts"

/** The parameters of requests about one object. */
export const preconditionNames = [
  "ifGenerationMatch",
  "ifGenerationNotMatch",
  "ifMetagenerationMatch",
  "ifMetagenerationNotMatch"
] as const

type Name = (typeof preconditionNames)[number]

/** By name, as numbers in decimal. */
export type Preconditions = Readonly<Partial<Record<Name, string>>>

/** `prefix` is `ifSource` for the source of a copy. */
export const readPreconditions = (request: Pick<RawRequest, "query">, prefix = "if"): Preconditions =>
  Object.fromEntries(
    preconditionNames.flatMap((name) => {
      const parameterName = name.replace(/^if/, prefix)
      const value = parameter(request, parameterName)
      if (value === undefined) return []
      if (!/^\d{1,19}$/.test(value)) throw invalidParameter(parameterName, value)
      return [[name, value]]
    })
  )

const failed = (name: Name): Refusal =>
  new Refusal(412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.", {
    location: ["header", name.includes("Not") ? "If-None-Match" : "If-Match"]
  })

/** The first one that does not hold. An object that is not there has the generation 0 and no metageneration. */
const broken = (conditions: Preconditions, stored: StoredObject | undefined): Name | undefined => {
  const generation = stored?.generation ?? "0"
  const metageneration = stored === undefined ? undefined : String(stored.metageneration)
  const holds: Record<Name, boolean> = {
    ifGenerationMatch: (conditions.ifGenerationMatch ?? generation) === generation,
    ifGenerationNotMatch: conditions.ifGenerationNotMatch !== generation,
    ifMetagenerationMatch: (conditions.ifMetagenerationMatch ?? metageneration) === metageneration,
    ifMetagenerationNotMatch:
      conditions.ifMetagenerationNotMatch === undefined || conditions.ifMetagenerationNotMatch !== metageneration
  }
  return preconditionNames.find((name) => !holds[name])
}

/** For what changes something, and for the source of a copy: 412. */
export const checkPreconditions = (conditions: Preconditions, stored: StoredObject | undefined): void => {
  const name = broken(conditions, stored)
  if (name !== undefined) throw failed(name)
}

/** For reads: 412, or tells that the answer is 304. */
export const notModified = (conditions: Preconditions, stored: StoredObject): boolean => {
  const name = broken(conditions, stored)
  if (name !== undefined && !name.includes("Not")) throw failed(name)
  return name !== undefined
}
