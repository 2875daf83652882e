/**
 * What teaches Mooring one provider, and the boundary around it.
 *
 * A plugin may come with its own copy of effect and of core. Effects, streams and scopes cross between copies; schemas,
 * redacted values and `instanceof` do not. So `make` takes schema, settings and secrets into closures, and what it
 * returns is closures and plain data only. Errors are told apart by their tags; services are found by their keys.
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type { Ambient } from "./Ambient.ts"
import type { Stage, TestOptions } from "./ConnectionTest.ts"
import type { MemoryBudget } from "./MemoryBudget.ts"
import type { ObjectStore } from "./ObjectStore.ts"
import { annotationOf, type Danger, type OptionAnnotation } from "./options/annotation.ts"
import { decodeOptions, pointerTo, type Issue } from "./options/decode.ts"
import { describeOptions, jsonSchemaOf, type OptionDescription } from "./options/describe.ts"
import type { StorageError } from "./StorageError.ts"
import type { Transport } from "./Transport.ts"

export type { Issue } from "./options/decode.ts"

/** The version of this interface. A host refuses a plugin of another. */
export const pluginApi = 1

/** What the host provides to a provider; there is nothing else. */
export type ProviderEnvironment = Transport | Ambient | MemoryBudget

/** Options to their decoded values: what `normalize` is given. */
export type ConfigOf<Fields extends Schema.Struct.Fields> = Schema.Struct<Fields>["Type"]

/** What the author of a provider writes: one schema and three hooks. */
export interface ProviderDefinition<Fields extends Schema.Struct.Fields, Settings> {
  /** Lower case letters, digits and dashes; the package is `@mooring/provider-<id>`. */
  readonly id: string
  /** As the HTTP API names it in answers. */
  readonly backendType: string
  readonly title: string
  readonly description: string
  /** Other names under which the same provider is known. */
  readonly aliases?: ReadonlyArray<string>
  readonly config: Schema.Struct<Fields>
  /**
   * Pure: from a valid config to the settings of a store, or what contradicts. `given` has the options that the user
   * wrote, since a preset may override a default but not a choice.
   */
  readonly normalize: (
    config: ConfigOf<Fields>,
    given: ReadonlySet<string>
  ) => Result.Result<Settings, ReadonlyArray<Issue>>
  /** Suggests a value for a required option that is missing. */
  readonly suggest?: (name: string, config: ConfigOf<Fields>) => string | undefined
  /** Tries the settings stage by stage. Never creates a container, leaves nothing behind. */
  readonly testConnection: (
    settings: Settings,
    options: TestOptions
  ) => Effect.Effect<ReadonlyArray<Stage>, never, ProviderEnvironment | Scope.Scope>
  /** Opens a store. `settings` is read at each use of a credential, so that new ones reach an open store. */
  readonly open: (
    settings: Effect.Effect<Settings>
  ) => Effect.Effect<ObjectStore, StorageError, ProviderEnvironment | Scope.Scope>
}

/** One thing that policy has to permit before a backend is tried. */
export interface DangerousOption {
  readonly pointer: string
  readonly danger: Danger
  readonly value: string
}

/** A store, and how it takes new credentials. */
export interface OpenedStore {
  readonly store: ObjectStore
  /**
   * New credentials under the open store: true if only options marked `credential` differ, and then they are in use;
   * false if the store must be opened anew.
   */
  readonly replace: (raw: unknown) => Effect.Effect<boolean>
}

/** A backend whose options are valid and that was not tried yet. */
export interface PreparedBackend {
  readonly issues?: never
  /** The given options; a secret is `{ "set": true }`. */
  readonly view: Readonly<Record<string, unknown>>
  /** The names of the given options that are secret, to be sealed when they are kept. */
  readonly secrets: ReadonlyArray<string>
  readonly dangers: ReadonlyArray<DangerousOption>
  readonly test: (options: TestOptions) => Effect.Effect<ReadonlyArray<Stage>, never, ProviderEnvironment | Scope.Scope>
  readonly open: Effect.Effect<OpenedStore, StorageError, ProviderEnvironment | Scope.Scope>
}

/** What there is to know of a provider without connecting it; plain data. */
export interface ProviderDescription {
  readonly id: string
  readonly backendType: string
  readonly title: string
  readonly description: string
  readonly options: ReadonlyArray<OptionDescription>
  /** JSON Schema 2020-12. */
  readonly jsonSchema: Readonly<Record<string, unknown>>
}

/** The value that a provider package exports. */
export interface ProviderPlugin {
  readonly pluginApi: typeof pluginApi
  readonly id: string
  readonly aliases: ReadonlyArray<string>
  readonly describe: () => ProviderDescription
  readonly prepare: (raw: unknown) => { readonly issues: ReadonlyArray<Issue> } | PreparedBackend
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === "" || (Redacted.isRedacted(value) && Redacted.value(value) === "")

/** The dangers in the values of a config, defaults included: a default may ask for an identity of the server. */
const dangersOf = (
  annotations: ReadonlyMap<string, OptionAnnotation>,
  config: Readonly<Record<string, unknown>>
): ReadonlyArray<DangerousOption> =>
  [...annotations].flatMap(([name, { danger, secret }]) => {
    const value = config[name]
    if (danger === undefined || isEmpty(value) || value === false) return []
    const found = typeof danger === "string" ? [{ danger, value: secret ? "" : String(value) }] : danger(value as never)
    return found.map((one) => ({ pointer: pointerTo(name), ...one }))
  })

/** Makes a plugin of a definition. */
export const make = <Fields extends Schema.Struct.Fields, Settings>(
  definition: ProviderDefinition<Fields, Settings>
): ProviderPlugin => {
  const { id, backendType, title, description, aliases = [], config: schema } = definition
  const annotations = new Map(Object.entries(schema.fields).map(([name, field]) => [name, annotationOf(field)]))

  const missing = (config: ConfigOf<Fields>): ReadonlyArray<Issue> =>
    [...annotations].flatMap(([name, { required }]) => {
      if (required !== true || !isEmpty((config as Record<string, unknown>)[name])) return []
      const suggestion = definition.suggest?.(name, config)
      return [
        {
          pointer: pointerTo(name),
          code: "missing_field" as const,
          detail: "this option is required",
          ...(suggestion !== undefined && { suggestion })
        }
      ]
    })

  /** All that a user wrote, checked: settings and config, or every problem at once. */
  const settle = (raw: unknown) =>
    Result.flatMap(decodeOptions(schema.fields, raw), ({ config, given, issues }) => {
      const invalid = new Set(issues.map(({ pointer }) => pointer))
      const settings = definition.normalize(config, given)
      const found = [...issues, ...missing(config), ...(Result.isFailure(settings) ? settings.failure : [])]
      // A contradiction that rests on an option whose own value is not valid would be noise beside it.
      const problems = found.filter((issue, index) => index < issues.length || !invalid.has(issue.pointer))
      return problems.length > 0 || Result.isFailure(settings)
        ? Result.fail(problems)
        : Result.succeed({
            given: { ...(raw as Record<string, unknown>) },
            config: config as Record<string, unknown>,
            settings: settings.success
          })
    })

  const isSecret = (name: string) => annotations.get(name)?.secret === true

  const open = (given: Readonly<Record<string, unknown>>, settings: Settings) =>
    Effect.gen(function* () {
      let current = settings
      const store = yield* definition.open(Effect.sync(() => current))
      const replace = (raw: unknown) =>
        Effect.sync(() => {
          const renewed = settle(raw)
          if (Result.isFailure(renewed)) return false
          const names = new Set([...Object.keys(given), ...Object.keys(renewed.success.given)])
          for (const name of names) {
            const same = JSON.stringify(given[name]) === JSON.stringify(renewed.success.given[name])
            if (!same && annotations.get(name)?.credential !== true) return false
          }
          current = renewed.success.settings
          return true
        })
      return { store, replace }
    })

  return {
    pluginApi,
    id,
    aliases,
    describe: () => {
      const options = describeOptions(schema.fields)
      return { id, backendType, title, description, options, jsonSchema: jsonSchemaOf(title, options) }
    },
    prepare: (raw) => {
      const settled = settle(raw)
      if (Result.isFailure(settled)) return { issues: settled.failure }
      const { given, config, settings } = settled.success
      return {
        view: Object.fromEntries(
          Object.entries(given).map(([name, value]) => [name, isSecret(name) ? { set: !isEmpty(value) } : value])
        ),
        secrets: Object.keys(given).filter(isSecret),
        dangers: dangersOf(annotations, config),
        test: (options) => definition.testConnection(settings, options),
        open: open(given, settings)
      }
    }
  }
}
