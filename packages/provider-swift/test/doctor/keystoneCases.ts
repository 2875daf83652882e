/** Misconfigurations of version 3, before Keystone. */
import { family, type Config, type DoctorCase } from "@mooring/testkit/doctor"
import { withContainer, type Setup } from "./real.ts"

export const ofKeystone = (setup: Setup): ReadonlyArray<DoctorCase> => {
  const { config, ids } = setup
  const { auth, user, key } = config
  const tenant = config["tenant"] as string
  const container = withContainer(setup)
  const nothing = Object.fromEntries(Object.keys(config).map((name) => [name, undefined]))
  const given = (changes: Config) => container(() => ({ config: changes }))
  const alone = (options: Config) => given({ ...nothing, auth, ...options })
  const passes = (name: string, options: Config): DoctorCase => ({ name, arrange: alone(options), finding: "passed" })
  const application = { application_credential_secret: "application-secret" }
  const openrc = {
    OS_AUTH_URL: auth,
    OS_USERNAME: user,
    OS_PASSWORD: key,
    OS_PROJECT_NAME: tenant,
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_DOMAIN_ID: "default",
    OS_REGION_NAME: "RegionOne"
  }
  const ambiently = (env: Readonly<Record<string, string>>, changes: Config = {}) =>
    container(() => ({ config: { ...nothing, env_auth: true, ...changes }, ambient: { env, allow: "all" } }))
  const project = "a project in which the user has a role"
  return [
    ...family("user", [
      passes("by id", { user_id: ids.user, key, tenant }),
      passes("with the domain by name", { user, key, tenant, domain: "Default", tenant_domain: "Default" }),
      {
        name: "of a domain that is none",
        arrange: given({ domain: "Other" }),
        finding: "authenticate failed auth_invalid #/key",
        suggestion: "another user, domain or project"
      },
      passes("by id beside another name", { user_id: ids.user, user: "nobody", key, tenant })
    ]),
    ...family("project", [
      passes("by id", { user, key, tenant_id: ids.project }),
      passes("by id beside another name", { user, key, tenant_id: ids.project, tenant: "nowhere" }),
      {
        name: "that does not exist",
        arrange: given({ tenant: "nowhere" }),
        finding: "authenticate failed auth_invalid #/tenant",
        suggestion: project
      },
      {
        name: "of somebody else",
        arrange: given({ tenant: "other" }),
        finding: "authenticate failed auth_invalid #/tenant",
        suggestion: project
      },
      {
        name: "by an id that is none",
        arrange: alone({ user, key, tenant_id: "0".repeat(32) }),
        finding: "authenticate failed auth_invalid #/tenant_id",
        suggestion: project
      },
      {
        name: "of a domain that is none",
        arrange: given({ tenant_domain: "Other" }),
        finding: "authenticate failed auth_invalid #/tenant",
        suggestion: "tenant_domain"
      },
      {
        name: "none",
        arrange: alone({ user, key }),
        finding: "authenticate failed auth_invalid #/tenant",
        suggestion: "by tenant or tenant_id"
      }
    ]),
    ...family("catalog", [
      passes("without a region: the first", { user, key, tenant }),
      { name: "the internal address", arrange: given({ endpoint_type: "internal" }), finding: "passed" },
      { name: "the admin address", arrange: given({ endpoint_type: "admin" }), finding: "passed" },
      {
        name: "a region that does not exist",
        arrange: given({ region: "Nowhere" }),
        finding: "authenticate failed wrong_region #/region",
        suggestion: "RegionOne, RegionTwo"
      },
      {
        name: "a region that answers nobody",
        arrange: given({ region: "RegionTwo" }),
        finding: "connect failed connect_refused #/region",
        suggestion: "an address and port at which the service answers"
      },
      {
        name: "a type that the region lacks",
        arrange: given({ region: "RegionTwo", endpoint_type: "admin" }),
        finding: "authenticate failed not_a_storage_endpoint #/endpoint_type",
        suggestion: "public"
      }
    ]),
    ...family("application credential", [
      passes("by id", { ...application, application_credential_id: ids.application }),
      passes("by name", { ...application, application_credential_name: "application", user }),
      passes("by name, with the user by id", {
        ...application,
        application_credential_name: "application",
        user_id: ids.user
      }),
      passes("beside a wrong user", {
        ...application,
        application_credential_id: ids.application,
        user: "nobody",
        key: "wrong"
      }),
      {
        name: "with a wrong secret",
        arrange: alone({ application_credential_id: ids.application, application_credential_secret: "wrong" }),
        finding: "authenticate failed auth_invalid #/application_credential_secret",
        suggestion: "the secret that was shown when it was made"
      },
      {
        name: "without its secret",
        arrange: alone({ application_credential_id: ids.application }),
        finding: "options missing_field #/application_credential_secret",
        suggestion: "has a secret"
      },
      {
        name: "by name without its user",
        arrange: alone({ ...application, application_credential_name: "application" }),
        finding: "options missing_field #/user",
        suggestion: "user with domain, or user_id"
      }
    ]),
    ...family("token", [
      {
        name: "that is none",
        arrange: alone({ auth_token: "wrong", tenant }),
        finding: "authenticate failed auth_invalid #/auth_token",
        suggestion: "a token of this service"
      }
    ]),
    ...family("version", [
      {
        name: "1",
        arrange: alone({ auth_version: 1, user, key }),
        finding: "authenticate failed not_a_storage_endpoint #/auth_version",
        suggestion: "3"
      },
      {
        name: "2",
        arrange: alone({ auth_version: 2, user, key, tenant }),
        finding: "authenticate failed not_a_storage_endpoint #/auth_version",
        suggestion: "3"
      },
      {
        name: "3 as an option, and the address has none",
        arrange: given({ auth: new URL(auth).origin, auth_version: 3 }),
        finding: "authenticate failed not_a_storage_endpoint #/auth",
        suggestion: "up to v1.0, v2.0 or v3"
      }
    ]),
    ...family("environment", [
      { name: "of an openrc file", arrange: ambiently(openrc), finding: "passed" },
      { name: "below options", arrange: ambiently({ ...openrc, OS_PASSWORD: "wrong" }, { key }), finding: "passed" },
      {
        name: "with an application credential",
        arrange: ambiently({
          OS_AUTH_URL: auth,
          OS_APPLICATION_CREDENTIAL_ID: ids.application,
          OS_APPLICATION_CREDENTIAL_SECRET: "application-secret"
        }),
        finding: "passed"
      },
      {
        name: "with a wrong password",
        arrange: ambiently({ ...openrc, OS_PASSWORD: "wrong" }),
        finding: "authenticate failed auth_invalid #/env_auth",
        suggestion: "the password of the user"
      }
    ])
  ]
}
