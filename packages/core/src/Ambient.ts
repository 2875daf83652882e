/**
 * The only door to the host's environment, files and programs.
 *
 * What is behind it belongs to the operator and not to whoever connects a backend: policy denies it as a whole or by
 * path. A provider reads neither `process.env` nor a file by other means.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { StorageError } from "./StorageError.ts"

/** What there is behind the door. */
export interface AmbientShape {
  /** An environment variable, or undefined. Fails with `ambient_credentials_forbidden` where policy denies it. */
  readonly env: (name: string) => Effect.Effect<string | undefined, StorageError>
  /**
   * A file of the host, at most 1 MiB; a leading `~` is the home folder. Fails with `server_path_forbidden` where
   * policy denies it, for existing and missing files alike; else `not_found` or `permission_denied`.
   */
  readonly readFile: (path: string) => Effect.Effect<Uint8Array, StorageError>
  /** Runs a program and answers its output. Fails with `ambient_credentials_forbidden` where policy denies it. */
  readonly run: (program: string, args: ReadonlyArray<string>) => Effect.Effect<string, StorageError>
}

/** The service, found by its key, so that a plugin with its own copy of effect finds the host's. */
export class Ambient extends Context.Service<Ambient, AmbientShape>()("@mooring/core/Ambient") {}
