/**
 * Credentials of the machine, in the order of rclone's `env_auth`: environment variables, shared files, and what else
 * clients of AWS look for. A profile that an option names stands above the variables, as in the vendor's SDKs.
 */
import { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import * as Effect from "effect/Effect"
import { optionOf, type AmbientSource, type S3Credentials } from "./CredentialSource.ts"
import { fromEnvironment } from "./environment.ts"
import type { Profile } from "./profile.ts"
import { locate, readProfile } from "./sharedFiles.ts"
import { fromWiderChain, type ChainModule } from "./widerChain.ts"

/** Why a profile gives no keys, as the beginning of a sentence. */
const reasonOf = (found: Exclude<Profile, { readonly kind: "keys" }>, profile: string, named: boolean): string => {
  if (found.kind === "needs") return found.what
  return named
    ? `profile ${profile} has no credentials`
    : "neither the environment nor the shared files have credentials"
}

const find = Effect.fnUntraced(function* (
  ambient: AmbientShape,
  source: AmbientSource,
  load?: () => Promise<ChainModule>
): Effect.fn.Return<S3Credentials, StorageError> {
  if (source.environment && source.profile === undefined) {
    const found = yield* fromEnvironment(ambient)
    if (found !== undefined) return found
  }
  const files = yield* locate(ambient, source)
  const found = yield* readProfile(ambient, files, source)
  if (found.kind === "keys") return found.credentials
  const { profile, named } = files
  // Another identity than the one that was named would be worse than none.
  if (found.kind === "missing" && (named || !source.environment)) {
    return yield* StorageError.of("auth_invalid", `there is no profile ${profile} in the shared files`, {
      suggestion: "a profile of the shared credentials or config file; check it for slips"
    })
  }
  const reason = reasonOf(found, profile, named || !source.environment)
  if (source.environment) return yield* fromWiderChain(ambient, files, reason, load)
  if (found.kind === "needs") {
    return yield* StorageError.of("auth_invalid", `${reason}, which is done with env_auth alone`, {
      suggestion: "set env_auth, and install the package @aws-sdk/credential-providers"
    })
  }
  return yield* StorageError.of("auth_invalid", `${reason}: it needs aws_access_key_id and aws_secret_access_key`)
})

/**
 * The credentials of a source. Fails with `auth_invalid`, or with `ambient_credentials_forbidden` and
 * `server_path_forbidden` where policy denies the source; the pointer is the option that asked for it.
 */
export const ambientCredentials = (
  ambient: AmbientShape,
  source: AmbientSource,
  load?: () => Promise<ChainModule>
): Effect.Effect<S3Credentials, StorageError> =>
  Effect.mapError(find(ambient, source, load), (error) =>
    error.reason.pointer === undefined ? StorageError.with(error, { pointer: optionOf(source) }) : error
  )
