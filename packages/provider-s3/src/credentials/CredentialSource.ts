/**
 * Where the credentials of a store come from, as data, and the credentials themselves.
 */
import type { Authentication } from "@mooring/core/connectionTest/Authentication"
import type * as Redacted from "effect/Redacted"

/** A key, its secret, and a token where they are temporary. */
export interface S3Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: Redacted.Redacted<string>
  readonly sessionToken?: Redacted.Redacted<string>
  /** Whether they are of a session with one directory bucket. */
  readonly ofBucket?: boolean
  /** When they expire, in milliseconds since 1970; absent is never or not known. */
  readonly expires?: number
}

/** Keys that were written as options. */
export interface StaticSource extends S3Credentials {
  readonly kind: "static"
}

/** Requests are not signed. */
export interface AnonymousSource {
  readonly kind: "anonymous"
}

/** Keys of the machine on which Mooring runs. */
export interface AmbientSource {
  readonly kind: "ambient"
  /** Whether environment variables and, where nothing else is found, AWS's wider chain are asked: `env_auth`. */
  readonly environment: boolean
  /** Undefined is the profile that the environment names, or `default`. */
  readonly profile: string | undefined
  /** The shared credentials file, read alone; undefined is the usual credentials and config files. */
  readonly file: string | undefined
}

/** Any of the three. */
export type CredentialSource = StaticSource | AnonymousSource | AmbientSource

/** Pointer to the option that chose a source of the machine: the one to blame for what is found there. */
export const optionOf = ({ profile, file }: AmbientSource): string => {
  if (profile !== undefined) return "#/profile"
  return file === undefined ? "#/env_auth" : "#/shared_credentials_file"
}

/** Whose credentials sign, by the option that says so. Two sources at once are refused before. */
export const authenticationOf = (source: CredentialSource): Authentication => {
  if (source.kind === "anonymous") return { used: [], ignored: [] }
  return { used: [source.kind === "static" ? "access_key_id" : optionOf(source).slice(2)], ignored: [] }
}
