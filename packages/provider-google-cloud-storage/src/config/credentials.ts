/**
 * Options that say who asks, in the order in which they are looked at: the first that is set is used.
 */
import { Options } from "@mooring/core"
import { dangersOfJson } from "../credentials/dangersOfJson.ts"

const group = "Credentials"

/** Option to its schema. */
export const credentials = {
  anonymous: Options.boolean({
    help: "Ask without credentials, for what everybody may read. Comes before all others.",
    group,
    advanced: true
  }),
  service_account_credentials: Options.secret("service_account_credentials", {
    help: "JSON of a service account's key, or of another identity of Google: authorized_user, external_account or impersonated_service_account.",
    group,
    credential: true,
    danger: dangersOfJson
  }),
  service_account_file: Options.text({
    help: "Path of a file with that JSON. It is read only where service_account_credentials is empty.",
    group,
    danger: "server-file"
  }),
  env_auth: Options.boolean({
    help: "Use the application default credentials of the machine on which Mooring runs. That is the first of the file that GOOGLE_APPLICATION_CREDENTIALS names, the one of gcloud, and the machine's service account.",
    group,
    danger: "ambient-identity"
  }),
  access_token: Options.secret("access_token", {
    help: "Access token that is used until it expires.",
    group,
    advanced: true,
    credential: true
  })
}
