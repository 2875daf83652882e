/**
 * Between the options that a user wrote and a record: secrets are sealed on the way in and opened on the way out.
 */
import type { PreparedBackend } from "@mooring/core/ProviderPlugin"
import type { StorageError } from "@mooring/core/StorageError"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { BackendRecord } from "./BackendRepository.ts"
import { Vault } from "./Vault.ts"

/** Options, open or sealed. */
export type Options = Readonly<Record<string, unknown>>

/** What seals and opens them. */
export interface SecretsShape {
  /** The options as they are kept: what is secret is sealed. */
  readonly split: (id: string, prepared: PreparedBackend, given: Options) => Pick<BackendRecord, "options" | "sealed">
  /** The options as the user wrote them. Fails with `internal` if a secret does not open. */
  readonly optionsOf: (record: BackendRecord) => Effect.Effect<Options, StorageError>
}

const entriesWhere = (options: Options, keep: (name: string) => boolean) =>
  Object.entries(options).filter(([name]) => keep(name))

/** The service. */
export class Secrets extends Context.Service<Secrets, SecretsShape>()("@mooring/host/Secrets") {
  /** Sealed by the vault. */
  static readonly layer = Layer.effect(
    Secrets,
    Effect.map(Vault, (vault) => ({
      split: (id, { secrets }, given) => ({
        options: Object.fromEntries(entriesWhere(given, (name) => !secrets.includes(name))),
        sealed: Object.fromEntries(
          entriesWhere(given, (name) => secrets.includes(name)).map(([name, value]) => [
            name,
            vault.seal(id, name, JSON.stringify(value))
          ])
        )
      }),
      optionsOf: ({ id, options, sealed }) =>
        Effect.map(
          Effect.forEach(Object.entries(sealed), ([name, value]) =>
            Effect.map(vault.unseal(id, name, value), (plain) => [name, JSON.parse(plain) as unknown] as const)
          ),
          (opened) => ({ ...options, ...Object.fromEntries(opened) })
        )
    }))
  )
}
