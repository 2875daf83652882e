/**
 * What both clients are asked to do.
 */
import type { ObjectStore } from "@mooring/core"
import type { Work } from "@mooring/testkit/vendorDiff"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { SwiftClient } from "../../src/api/SwiftClient.ts"

/** Ours, and a container of the work with `dir/object`, of four bytes, and `old`, which was `v1` before it was `v22`. */
export interface Place {
  readonly store: ObjectStore
  readonly client: SwiftClient
  readonly container: string
}

export interface SwiftWork extends Work {
  /** Python, in which `connection` is that of python-swiftclient and `container` the name of the container. */
  readonly theirs: string
  readonly ours: (place: Place) => Effect.Effect<unknown, unknown, Scope.Scope>
}
