/**
 * What the comparison with a vendor's client has to know of a provider.
 */
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Work } from "./differences.ts"
import type { Reading } from "./reading.ts"
import type { SentRequest } from "./Transcript.ts"

/** A server in the state in which a work begins. */
export interface Started<Server> {
  /** What the clients are given: a double, or the origin of a recording proxy before a real server. */
  readonly server: Server
  /** All that came to it since it was started. */
  readonly requests: () => ReadonlyArray<SentRequest>
}

/** One provider and its vendor's client: works of type `W` on a `Server` that fails in the ways of `Failure`. */
export interface VendorDiffSubject<W extends Work, Server, Failure> extends Reading {
  readonly works: ReadonlyArray<W>
  /** Ways in which the next requests of a work's operation fail, by name; each work is done once more for each. */
  readonly failures: Readonly<Record<string, ReadonlyArray<Failure>>>
  /** Starts a server of its own, each time in the same state. What it does to that end is not among the requests. */
  readonly start: (work: W, failure: ReadonlyArray<Failure>) => Effect.Effect<Started<Server>, never, Scope.Scope>
  /** The work by the vendor's client; fails as the client does. */
  readonly theirs: (work: W, server: Server) => Effect.Effect<unknown, unknown, Scope.Scope>
  /** The work by ours. */
  readonly ours: (work: W, server: Server) => Effect.Effect<unknown, unknown, Scope.Scope>
}
