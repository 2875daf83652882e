/**
 * The backends of this host: connected, listed, tested, opened, changed and removed.
 */
import type { Stage, TestOptions } from "@mooring/core/ConnectionTest"
import type { ObjectStore } from "@mooring/core/ObjectStore"
import type { PreparedBackend, ProviderEnvironment } from "@mooring/core/ProviderPlugin"
import { StorageError } from "@mooring/core/StorageError"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { randomBytes } from "node:crypto"
import { BackendRefused } from "./BackendRefused.ts"
import { BackendRepository, type BackendRecord } from "./BackendRepository.ts"
import { MountRepository } from "./mounts/MountRepository.ts"
import { isRunning } from "./mounts/ProcessIdentity.ts"
import { OpenStores } from "./OpenStores.ts"
import { Policy } from "./Policy.ts"
import { Providers } from "./Providers.ts"
import { Secrets, type Options } from "./Secrets.ts"

/** A backend as it is shown: a secret is `{ "set": true }`. */
export interface BackendView extends Omit<BackendRecord, "sealed"> {
  /** Where it is mounted, whichever process serves it. */
  readonly mountPaths: ReadonlyArray<string>
}

/** How a backend is connected. */
export interface ConnectOptions extends TestOptions {
  readonly name?: string
}

/** How a backend is changed. */
export interface ChangeOptions extends TestOptions {
  /** Fails with `precondition_failed` unless the backend still has this revision. */
  readonly ifRevision?: number
}

/** What is done with backends. An id may be a name wherever a backend is asked for. */
export interface BackendsShape {
  /** Checks, asks policy, tests, keeps, and only then answers. Nothing is kept unless the test passed. */
  readonly connect: (
    provider: string,
    raw: unknown,
    options?: ConnectOptions
  ) => Effect.Effect<BackendView, BackendRefused | StorageError>
  /** The stages of a test; nothing is kept. A failed stage is a result; refused options are an error. */
  readonly test: (
    provider: string,
    raw: unknown,
    options?: TestOptions
  ) => Effect.Effect<ReadonlyArray<Stage>, BackendRefused | StorageError>
  readonly get: (id: string) => Effect.Effect<BackendView, StorageError>
  readonly list: Effect.Effect<ReadonlyArray<BackendView>, StorageError>
  /** Fails with `backend_in_use` while it is mounted. */
  readonly remove: (id: string) => Effect.Effect<void, StorageError>
  /**
   * Changes some options, secrets included; `null` takes one away (RFC 7396). Tests first, then keeps; new credentials
   * reach the store that is open, any other change opens a new one.
   */
  readonly replace: (
    id: string,
    changes: Options,
    options?: ChangeOptions
  ) => Effect.Effect<BackendView, BackendRefused | StorageError>
  /** The open store, for the Scope. */
  readonly open: (id: string) => Effect.Effect<ObjectStore, StorageError, Scope.Scope>
}

const viewOf = ({ sealed, options, ...record }: BackendRecord, mountPaths: ReadonlyArray<string>): BackendView => ({
  ...record,
  mountPaths,
  options: { ...options, ...Object.fromEntries(Object.keys(sealed).map((name) => [name, { set: true }])) }
})

/** The options with changes; pure. What is not changed stays as the user wrote it. */
const changed = (options: Options, changes: Options): Options =>
  Object.fromEntries(Object.entries({ ...options, ...changes }).filter(([, value]) => value !== null))

const changedMeanwhile = StorageError.of("precondition_failed", "the backend was changed meanwhile; read it again")

const make = Effect.gen(function* () {
  const repository = yield* BackendRepository
  const providers = yield* Providers
  const policy = yield* Policy
  const secrets = yield* Secrets
  const stores = yield* OpenStores
  const mounts = yield* MountRepository
  const environment = yield* Effect.context<ProviderEnvironment>()

  /** The targets of all mounts that are served, each with its backend. */
  const served = Effect.flatMap(mounts.list, (all) => Effect.filter(all, ({ status }) => isRunning(status.served)))
  const view = (record: BackendRecord) =>
    Effect.map(served, (all) =>
      viewOf(
        record,
        all.filter(({ backend }) => backend === record.id).map(({ target }) => target)
      )
    )

  const prepare = Effect.fnUntraced(function* (provider: string, raw: unknown) {
    const plugin = yield* providers.get(provider)
    const prepared = yield* providers.prepare(plugin, raw)
    yield* policy.check(prepared.dangers)
    return { plugin, prepared }
  })

  const stagesOf = (prepared: PreparedBackend, options: TestOptions) =>
    prepared.test(options).pipe(
      Effect.catchDefect(() => Effect.fail(StorageError.of("internal", "the provider failed to run its test"))),
      Effect.scoped,
      Effect.provideContext(environment)
    )

  const passed = Effect.fnUntraced(function* (prepared: PreparedBackend, options: TestOptions) {
    const refused = BackendRefused.ofStages(yield* stagesOf(prepared, options))
    if (refused !== undefined) return yield* refused
  })

  return {
    connect: Effect.fn("Backends.connect")(function* (provider, raw, { name, ...options } = {}) {
      const { plugin, prepared } = yield* prepare(provider, raw)
      yield* passed(prepared, options)
      const id = `bck_${randomBytes(8).toString("hex")}`
      const record: BackendRecord = {
        id,
        provider: plugin.id,
        backendType: plugin.describe().backendType,
        ...(name !== undefined && { name }),
        ...secrets.split(id, prepared, raw as Options),
        created: yield* Clock.currentTimeMillis,
        revision: 1
      }
      yield* repository.insert(record)
      return viewOf(record, [])
    }),
    test: Effect.fn("Backends.test")(function* (provider, raw, options = {}) {
      const { prepared } = yield* prepare(provider, raw)
      return yield* stagesOf(prepared, options)
    }),
    get: (id) => Effect.flatMap(repository.get(id), view),
    list: Effect.flatMap(repository.list, (records) => Effect.forEach(records, view)),
    remove: Effect.fn("Backends.remove")(function* (idOrName) {
      const { id } = yield* repository.get(idOrName)
      const mounted = (yield* served).find(({ backend }) => backend === id)
      if (mounted !== undefined) {
        return yield* StorageError.of("backend_in_use", `the backend is mounted at ${mounted.target}`, {
          suggestion: `unmount ${mounted.id} first`
        })
      }
      yield* Effect.uninterruptible(Effect.andThen(repository.remove(id), stores.forget(id)))
    }),
    replace: Effect.fn("Backends.replace")(function* (idOrName, changes, { ifRevision, ...options } = {}) {
      const before = yield* repository.get(idOrName)
      if (ifRevision !== undefined && ifRevision !== before.revision) return yield* changedMeanwhile
      const raw = changed(yield* secrets.optionsOf(before), changes)
      const { prepared } = yield* prepare(before.provider, raw)
      yield* passed(prepared, options)
      const record = { ...before, ...secrets.split(before.id, prepared, raw), revision: before.revision + 1 }
      // Opened before the change is kept, so that the store that is open learns of it.
      const opened = yield* Effect.option(stores.get(before.id))
      const keep = Effect.gen(function* () {
        yield* repository.update(record)
        const swapped = opened._tag === "Some" && (yield* opened.value.replace(raw))
        if (!swapped) yield* stores.forget(before.id)
      })
      // Who leaves in between must not leave the open store with the options from before.
      yield* Effect.uninterruptible(keep)
      return yield* view(record)
    }, Effect.scoped),
    open: Effect.fnUntraced(function* (idOrName) {
      const { id } = yield* repository.get(idOrName)
      return (yield* stores.get(id)).store
    })
  } satisfies BackendsShape
})

/** The service. */
export class Backends extends Context.Service<Backends, BackendsShape>()("@mooring/host/Backends") {
  /** Over the repository, the providers and the policy. */
  static readonly layer = Layer.effect(Backends, make)
}
