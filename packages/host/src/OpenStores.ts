/**
 * The stores that are open: one per backend, shared by all who use it, closed some time after the last.
 */
import type { OpenedStore, ProviderEnvironment } from "@mooring/core/ProviderPlugin"
import { StorageError } from "@mooring/core/StorageError"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as RcMap from "effect/RcMap"
import type * as Scope from "effect/Scope"
import type { BackendRefused } from "./BackendRefused.ts"
import { BackendRepository } from "./BackendRepository.ts"
import { Policy } from "./Policy.ts"
import { Providers } from "./Providers.ts"
import { Secrets } from "./Secrets.ts"

/** What opens stores. */
export interface OpenStoresShape {
  /** The store of a backend id, for the Scope. Policy is checked again: it may be stricter than when it was connected. */
  readonly get: (id: string) => Effect.Effect<OpenedStore, StorageError, Scope.Scope>
  /** The next `get` opens anew; who uses the old store keeps it until they are done. */
  readonly forget: (id: string) => Effect.Effect<void>
  /**
   * The options of a backend have changed: new credentials reach the store that is open, for any other change the next
   * `get` opens anew. Answers whether the open store has all of it.
   */
  readonly renew: (id: string) => Effect.Effect<boolean, StorageError>
}

const asStorageError = (error: BackendRefused | StorageError): StorageError =>
  error._tag === "BackendRefused" ? new StorageError({ reason: error.reason }) : StorageError.from(error)

/** The service. */
export class OpenStores extends Context.Service<OpenStores, OpenStoresShape>()("@mooring/host/OpenStores") {
  /** Stores stay open for ten minutes after their last use. */
  static readonly layer = Layer.effect(
    OpenStores,
    Effect.gen(function* () {
      const repository = yield* BackendRepository
      const providers = yield* Providers
      const policy = yield* Policy
      const secrets = yield* Secrets
      const environment = yield* Effect.context<ProviderEnvironment>()
      const stores = yield* RcMap.make({
        idleTimeToLive: "10 minutes",
        lookup: Effect.fnUntraced(
          function* (id: string) {
            const record = yield* repository.get(id)
            const plugin = yield* providers.get(record.provider)
            const prepared = yield* providers.prepare(plugin, yield* secrets.optionsOf(record))
            yield* policy.check(prepared.dangers)
            return yield* prepared.open
          },
          Effect.catchDefect((defect) => Effect.fail(StorageError.from(defect))),
          Effect.mapError(asStorageError),
          Effect.provideContext(environment)
        )
      })
      // A failure is not kept: the next call tries again.
      const get = (id: string) => Effect.tapError(RcMap.get(stores, id), () => RcMap.invalidate(stores, id))
      return {
        get,
        forget: (id) => RcMap.invalidate(stores, id),
        renew: Effect.fnUntraced(function* (id) {
          const options = yield* secrets.optionsOf(yield* repository.get(id))
          const { replace } = yield* get(id)
          const renewed = yield* replace(options)
          if (!renewed) yield* RcMap.invalidate(stores, id)
          return renewed
        }, Effect.scoped)
      }
    })
  )
}
