/**
 * A misconfiguration, and what the doctor should say of it.
 */
import type { Path } from "@mooring/core"
import type { AmbientPolicy } from "@mooring/core/NodeAmbient"
import type { UndiciTransportOptions } from "@mooring/core/UndiciTransport"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/** Options as somebody writes them. */
export type Config = Readonly<Record<string, unknown>>

/** What somebody wrote, and the world around it. */
export interface Situation {
  readonly config: Config
  readonly at?: Path
  readonly write?: boolean
  /** Host names that resolve, all to loopback, besides `localhost`. */
  readonly hosts?: ReadonlyArray<string>
  readonly transport?: Partial<UndiciTransportOptions>
  /** What of this machine the provider gets; nothing if absent. */
  readonly ambient?: AmbientPolicy
  /** How many times faster than in truth the deadlines of the calls pass. The transport's own are not among them. */
  readonly haste?: number
  /** Milliseconds that the clock of this machine is ahead. */
  readonly clockOffset?: number
  /** The name of everything that is at the service, which must be the same afterwards. */
  readonly inventory?: Effect.Effect<ReadonlyArray<string>>
  /** How many things a refused removal leaves there; none if absent. */
  readonly leaves?: number
}

/** One misconfiguration. */
export interface DoctorCase {
  readonly name: string
  /** The world, which lives in the Scope. */
  readonly arrange: Effect.Effect<Situation, never, Scope.Scope>
  /**
   * Stage, outcome, code and pointer (`-` for none) of the first stage that says something, as
   * `connect failed timeout #/endpoint`; `options`, code and pointer where they are refused before; or `passed`.
   */
  readonly finding: string
  /** A part of the suggestion; of the detail, where options are refused without one. Absent only where it passes. */
  readonly suggestion?: string
}

/** The cases of one family; the name of the family goes before theirs. */
export const family = (name: string, cases: ReadonlyArray<DoctorCase>): ReadonlyArray<DoctorCase> =>
  cases.map((one) => ({ ...one, name: `${name}: ${one.name}` }))
