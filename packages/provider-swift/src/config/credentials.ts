/**
 * Options that say who asks.
 */
import { Options } from "@mooring/core"

const group = "Credentials"
const application = "Application credential"

export const credentials = {
  user: Options.text({ help: "User name. With version 1 of authentication, usually account:user.", group }),
  key: Options.secret("key", {
    help: "API key or password. Without a user, version 3 takes it for a token.",
    group,
    credential: true
  }),
  user_id: Options.text({ help: "User id, instead of the name, for version 3.", group, advanced: true }),
  domain: Options.text({
    help: "Name of the domain of the user, for version 3. Empty is Default.",
    group,
    advanced: true
  }),
  tenant: Options.text({ help: "Name of the tenant or project, for versions 2 and 3.", group }),
  tenant_id: Options.text({ help: "Id of the tenant or project, instead of its name.", group, advanced: true }),
  tenant_domain: Options.text({
    help: "Name of the domain of the project, for version 3. Empty is the domain of the user.",
    group,
    advanced: true
  }),
  application_credential_id: Options.text({
    help: "Id of an application credential, for version 3. It comes before a name, a token and a user.",
    group: application,
    advanced: true,
    credential: true
  }),
  application_credential_name: Options.text({
    help: "Name of an application credential, which needs its user too.",
    group: application,
    advanced: true,
    credential: true
  }),
  application_credential_secret: Options.secret("application_credential_secret", {
    help: "Secret of the application credential.",
    group: application,
    advanced: true,
    credential: true
  }),
  auth_token: Options.secret("auth_token", {
    help: "Token from elsewhere. With storage_url nothing else is needed, and both come before all else.",
    group,
    advanced: true,
    credential: true
  }),
  env_auth: Options.boolean({
    help: "Use the OS_ and ST_ variables of the environment in which Mooring runs, for options that are not written.",
    group,
    danger: "ambient-identity"
  })
}
