/**
 * A misconfiguration, and what the doctor should say of it.
 */
import type { CallPolicy } from "@mooring/core/Call"
import type { UndiciTransportOptions } from "@mooring/core/UndiciTransport"
import type { Path } from "@mooring/core"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { S3Double } from "../double/index.ts"

/** What somebody wrote, and the world around it. */
export interface Situation {
  readonly config: Readonly<Record<string, unknown>>
  readonly at?: Path
  readonly write?: boolean
  /** Host names that resolve, all to loopback, besides `localhost`. */
  readonly hosts?: ReadonlyArray<string>
  readonly transport?: Partial<UndiciTransportOptions>
  /** Of the connection test, instead of its own. */
  readonly policy?: CallPolicy
  /** Milliseconds that the clock of this machine is ahead. */
  readonly clockOffset?: number
  /** Whose buckets and objects must be the same afterwards. */
  readonly double?: S3Double
  /** Objects that a refused removal leaves in it; none if absent. */
  readonly leaves?: number
}

export interface DoctorCase {
  readonly name: string
  /** The world, which lives in the Scope. */
  readonly arrange: Effect.Effect<Situation, never, Scope.Scope>
  /** Stage, outcome, code and pointer (`-` for none) of the first stage that says something, or `passed`. */
  readonly finding: string
  /** A part of the suggestion; of the detail, where options are refused without one. */
  readonly suggestion?: string
}

/** The cases of one family; the name of the family goes before theirs. */
export const family = (name: string, cases: ReadonlyArray<DoctorCase>): ReadonlyArray<DoctorCase> =>
  cases.map((one) => ({ ...one, name: `${name}: ${one.name}` }))
