/**
 * What a profile of the shared files holds. Pure.
 */
import type { StorageError } from "@mooring/core"
import * as Result from "effect/Result"
import type { S3Credentials } from "./CredentialSource.ts"
import type { Sections } from "./ini.ts"
import { credentialsFrom } from "./keyPair.ts"

/** Keys; something that only AWS's wider chain understands, in words; a profile without any; or no such profile. */
export type Profile =
  | { readonly kind: "keys"; readonly credentials: S3Credentials }
  | { readonly kind: "needs"; readonly what: string }
  | { readonly kind: "empty" }
  | { readonly kind: "missing" }

type Properties = ReadonlyMap<string, string>

const names = {
  accessKeyId: "aws_access_key_id",
  secretAccessKey: "aws_secret_access_key",
  sessionToken: "aws_session_token"
}

/** Stands above the keys beside it: they would be those of another identity. */
const roles = [["role_arn", "assumes a role (role_arn)"]] as const

/** Properties in the order in which the vendor's SDKs look at them, after keys. */
const others = [
  ["source_profile", "takes its keys from another profile (source_profile)"],
  ["credential_source", "takes its keys from another source (credential_source)"],
  ["web_identity_token_file", "uses a web identity (web_identity_token_file)"],
  ["sso_session", "needs a sign-in (sso_session)"],
  ["sso_start_url", "needs a sign-in (sso_start_url)"],
  ["sso_account_id", "needs a sign-in (sso_account_id)"],
  ["sso_role_name", "needs a sign-in (sso_role_name)"],
  ["sso_region", "needs a sign-in (sso_region)"],
  ["login_session", "needs a sign-in (login_session)"],
  ["credential_process", "runs a program (credential_process)"]
] as const

const textOf = (properties: Properties, name: string): string => properties.get(name) ?? ""

const needIn = (found: ReadonlyArray<Properties>, rows: ReadonlyArray<readonly [string, string]>) =>
  rows.find(([name]) => found.some((properties) => textOf(properties, name) !== ""))?.[1]

/**
 * The profile of a name in a credentials file, where its section is `[x]`, and a config file, where it is `[profile x]`.
 * Keys are those of the credentials file if it has any: halves of two files are never put together. Fails with
 * `auth_invalid` on half a pair.
 */
export const profileOf = (
  name: string,
  credentials: Sections,
  config: Sections
): Result.Result<Profile, StorageError> => {
  const long = `profile ${name}`
  const found = [
    credentials.get(name) ?? credentials.get(long),
    config.get(long) ?? (name === "default" ? config.get(name) : undefined)
  ].filter((properties) => properties !== undefined)
  if (found.length === 0) return Result.succeed({ kind: "missing" })
  const role = needIn(found, roles)
  if (role !== undefined) return Result.succeed({ kind: "needs", what: `profile ${name} ${role}` })
  const keys = found.find(
    (properties) => textOf(properties, names.accessKeyId) !== "" || textOf(properties, names.secretAccessKey) !== ""
  )
  if (keys === undefined) {
    const need = needIn(found, others)
    return Result.succeed(need === undefined ? { kind: "empty" } : { kind: "needs", what: `profile ${name} ${need}` })
  }
  const texts = {
    accessKeyId: textOf(keys, names.accessKeyId),
    secretAccessKey: textOf(keys, names.secretAccessKey),
    sessionToken: textOf(keys, names.sessionToken)
  }
  return Result.map(credentialsFrom(texts, names, `profile ${name}`), (pair) =>
    pair === undefined ? { kind: "empty" } : { kind: "keys", credentials: pair }
  )
}
