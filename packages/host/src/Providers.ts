/**
 * The providers of this host: what is installed, and a clear answer for what is not.
 */
import { makeRegistry } from "@mooring/core/ProviderRegistry"
import type { PreparedBackend, ProviderPlugin } from "@mooring/core/ProviderPlugin"
import { StorageError } from "@mooring/core/StorageError"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { BackendRefused } from "./BackendRefused.ts"
import { knownId, packageOf } from "./knownProviders.ts"
import type { PluginEntry } from "./PluginLoader.ts"

/** What asks for providers by name. */
export interface ProvidersShape {
  /** The plugins that were loaded, by id in order. */
  readonly all: ReadonlyArray<ProviderPlugin>
  /** What was found and could not be loaded, each with a sentence that says why. */
  readonly broken: ReadonlyArray<{ readonly packageName: string; readonly problem: string }>
  /** The plugin of this id or alias. Fails with `provider_not_installed` or `unknown_provider`. */
  readonly get: (name: string) => Effect.Effect<ProviderPlugin, StorageError>
  /** Options checked: what they ask for, or every problem at once. Nothing is sent. */
  readonly prepare: (plugin: ProviderPlugin, raw: unknown) => Effect.Effect<PreparedBackend, BackendRefused>
}

const notFound = (name: string, entries: ReadonlyArray<PluginEntry>): StorageError => {
  const known = knownId(name) ?? entries.find(({ id }) => id === name)?.id
  if (known === undefined) return StorageError.of("unknown_provider", "there is no provider of this name")
  const broken = entries.find((entry) => entry.id === known)
  return StorageError.of(
    "provider_not_installed",
    broken !== undefined && "problem" in broken
      ? `${broken.packageName} is installed and cannot be used: ${broken.problem}`
      : `${packageOf(known)} is not installed here`,
    { suggestion: `npm install ${packageOf(known)}` }
  )
}

/** The service. */
export class Providers extends Context.Service<Providers, ProvidersShape>()("@mooring/host/Providers") {
  /** The providers of these entries. */
  static readonly layer = (entries: ReadonlyArray<PluginEntry>) =>
    Layer.sync(Providers, () => {
      const registry = makeRegistry(entries.flatMap((entry) => ("plugin" in entry ? [entry.plugin] : [])))
      return {
        all: registry.all,
        broken: entries.flatMap((entry) => ("problem" in entry ? [entry] : [])),
        get: (name) => {
          const plugin = registry.get(name)
          return plugin === undefined ? Effect.fail(notFound(name, entries)) : Effect.succeed(plugin)
        },
        prepare: Effect.fnUntraced(function* (plugin, raw) {
          const prepared = yield* Effect.try({
            try: () => plugin.prepare(raw),
            catch: () => BackendRefused.because(StorageError.of("internal", "the provider failed to read the options"))
          })
          return prepared.issues === undefined ? prepared : yield* BackendRefused.ofIssues(prepared.issues)
        })
      }
    })
}
