/**
 * From options to where the credentials come from. Pure.
 *
 * `env_auth` asks for all that the machine has. A profile or file is used without `env_auth` too, from the shared files
 * alone: whoever names one does not expect the anonymous requests that rclone would make of it.
 */
import type { ProviderPlugin } from "@mooring/core"
import * as Redacted from "effect/Redacted"
import type { S3Config } from "../S3Config.ts"
import type { CredentialSource } from "./CredentialSource.ts"

type Config = typeof S3Config.Type

/** The source of a config without contradictions. */
export const sourceOf = (config: Config): CredentialSource => {
  const { access_key_id, env_auth, profile, shared_credentials_file } = config
  if (access_key_id !== "") {
    return {
      kind: "static",
      accessKeyId: access_key_id,
      secretAccessKey: config.secret_access_key,
      ...(Redacted.value(config.session_token) !== "" && { sessionToken: config.session_token })
    }
  }
  if (!env_auth && profile === "" && shared_credentials_file === "") return { kind: "anonymous" }
  return {
    kind: "ambient",
    environment: env_auth,
    profile: profile || undefined,
    file: shared_credentials_file || undefined
  }
}

/** A profile that cannot be the name of a section. */
export const profileIssues = ({ profile }: Config): ReadonlyArray<ProviderPlugin.Issue> =>
  /^[^\p{Cc}[\]]*$/u.test(profile)
    ? []
    : [
        {
          pointer: "#/profile",
          code: "invalid_value",
          detail: "must be a name without line breaks and square brackets"
        }
      ]
