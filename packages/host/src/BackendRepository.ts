/**
 * Where backends and tokens are kept. An implementation sees sealed secrets and digests of tokens, and nothing more.
 */
import type { StorageError } from "@mooring/core/StorageError"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"

/** A backend as it is kept. */
export interface BackendRecord {
  /** `bck_` and 16 hex digits. */
  readonly id: string
  readonly provider: string
  readonly backendType: string
  /** A short name for people; unique where it is given. */
  readonly name?: string
  /** The given options that are not secret. */
  readonly options: Readonly<Record<string, unknown>>
  /** The given options that are: name to sealed JSON value. */
  readonly sealed: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  readonly created: number
  /** Counts changes, from 1. */
  readonly revision: number
}

/** The operations on it. All fail with `internal` if the store of the records does. */
export interface BackendRepositoryShape {
  /** Fails with `already_exists` if the id or the name is taken. */
  readonly insert: (record: BackendRecord) => Effect.Effect<void, StorageError>
  /** By id or name. Fails with `not_found`. */
  readonly get: (idOrName: string) => Effect.Effect<BackendRecord, StorageError>
  /** In the order in which they were connected. */
  readonly list: Effect.Effect<ReadonlyArray<BackendRecord>, StorageError>
  /** Replaces options and secrets. Fails with `precondition_failed` if the revision is not the one before. */
  readonly update: (record: BackendRecord) => Effect.Effect<void, StorageError>
  /** Fails with `not_found`. Its sealed secrets are overwritten. */
  readonly remove: (id: string) => Effect.Effect<void, StorageError>
  /** Keeps the SHA-256 of a token. */
  readonly addToken: (digest: Uint8Array) => Effect.Effect<void, StorageError>
  /** The digests of all tokens. */
  readonly tokens: Effect.Effect<ReadonlyArray<Uint8Array>, StorageError>
}

/** The service. */
export class BackendRepository extends Context.Service<BackendRepository, BackendRepositoryShape>()(
  "@mooring/host/BackendRepository"
) {}
