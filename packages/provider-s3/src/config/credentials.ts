/**
 * Options that say who asks. Without any, requests are anonymous.
 */
import { Options } from "@mooring/core"

const group = "Credentials"

/** The options of this group. */
export const credentials = {
  access_key_id: Options.text({ help: "Access key ID. Empty for anonymous access.", group, credential: true }),
  secret_access_key: Options.secret("secret_access_key", { help: "Secret access key.", group, credential: true }),
  session_token: Options.secret("session_token", {
    help: "Session token of temporary credentials.",
    group,
    credential: true
  }),
  env_auth: Options.boolean({
    help: "Use the credentials of the environment in which Mooring runs. These are environment variables, then the shared credentials and config files, then, if @aws-sdk/credential-providers is installed, what else clients of AWS look for.",
    group,
    danger: "ambient-identity"
  }),
  profile: Options.text({
    help: "Profile in the shared credentials and config files. Without env_auth, these files alone are asked.",
    group,
    advanced: true,
    danger: "ambient-identity"
  }),
  shared_credentials_file: Options.text({
    help: "Path of the shared credentials file. It is read instead of the usual ones; without env_auth, it alone is asked.",
    group,
    advanced: true,
    danger: "server-file"
  }),
  v2_auth: Options.boolean({ help: "Sign with signatures of version 2.", group, advanced: true }),
  sts_endpoint: Options.text({
    help: "Address of the security token service.",
    group,
    advanced: true,
    deprecated: "Refused: no role is assumed, so there is nothing to ask this service for.",
    danger: "url"
  }),
  sdk_log_mode: Options.text({
    help: "What the SDK logs.",
    group: "Compatibility",
    advanced: true,
    default: "0",
    suggestions: ["Off", "Signing", "Request", "All"],
    deprecated: "Does nothing: there is no SDK, and signatures are never logged."
  })
}
