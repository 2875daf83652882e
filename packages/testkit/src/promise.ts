/**
 * How suites write down a promise: a title, what it needs, and the steps that show it.
 */
import type { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Faults, Need, Site, SuiteTest } from "./Suite.ts"

/** A test of one promise. */
export const promise = (
  title: string,
  needs: ReadonlyArray<Need>,
  steps: (site: Site) => Effect.fn.Return<void, StorageError, Scope.Scope>
): SuiteTest => ({ title, needs, run: Effect.fnUntraced(steps) })

/** A test of one promise where every state of an object is kept. */
export const promiseOfVersions = (
  title: string,
  needs: ReadonlyArray<Need>,
  steps: (site: Site) => Effect.fn.Return<void, StorageError, Scope.Scope>
): SuiteTest => ({ ...promise(title, needs, steps), through: "versioned" })

/** A test of one promise on a way that fails. */
export const promiseThroughFaults = (
  title: string,
  needs: ReadonlyArray<Need>,
  steps: (site: Site, faults: Faults) => Effect.fn.Return<void, StorageError, Scope.Scope>
): SuiteTest => ({
  title,
  needs,
  through: "faults",
  run: (site) =>
    site.faults === undefined
      ? Effect.die(new Error("opened without faults"))
      : Effect.fnUntraced(steps)(site, site.faults)
})
