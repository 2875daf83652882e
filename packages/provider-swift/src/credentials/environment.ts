/**
 * Variables of the environment for what no option says
 * (https://docs.openstack.org/python-openstackclient/latest/cli/man/openstack.html; ST_ are those of older clients of
 * Swift). They are those that rclone reads, and OS_PROJECT_ID.
 */
import { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { AuthOptions, EndpointType, Login } from "./AuthSource.ts"
import { loginOf } from "./loginOf.ts"

const endpointTypes: Readonly<Record<string, EndpointType>> = {
  public: "public",
  publicURL: "public",
  internal: "internal",
  internalURL: "internal",
  admin: "admin",
  adminURL: "admin"
}

const read = Effect.fnUntraced(function* (
  { env }: AmbientShape,
  written: AuthOptions
): Effect.fn.Return<Login, StorageError> {
  const text = Effect.fnUntraced(function* (option: string, ...names: ReadonlyArray<string>) {
    if (option !== "") return option
    for (const name of names) {
      const value = yield* env(name)
      if (value === undefined || value === "") continue
      if (/\p{Cc}/u.test(value)) return yield* StorageError.of("auth_invalid", `${name} holds a line break or the like`)
      return value
    }
    return ""
  })
  const secret = (option: Redacted.Redacted<string>, ...names: ReadonlyArray<string>) =>
    Redacted.value(option) === ""
      ? Effect.map(text("", ...names), (found) => Redacted.make(found))
      : Effect.succeed(option)
  const version = yield* text(written.version === 0 ? "" : String(written.version), "ST_AUTH_VERSION")
  const endpointType = written.endpointType ?? endpointTypes[yield* text("", "OS_ENDPOINT_TYPE")]
  const options: AuthOptions = {
    auth: yield* text(written.auth, "OS_AUTH_URL", "ST_AUTH"),
    version: /^[123](\.0)?$/.test(version) ? Number(version) : 0,
    user: yield* text(written.user, "OS_USERNAME", "ST_USER"),
    userId: yield* text(written.userId, "OS_USER_ID"),
    key: yield* secret(written.key, "OS_PASSWORD", "ST_KEY"),
    domain: yield* text(written.domain, "OS_USER_DOMAIN_NAME"),
    domainId: yield* text(written.domainId, "OS_USER_DOMAIN_ID"),
    tenant: yield* text(written.tenant, "OS_TENANT_NAME", "OS_PROJECT_NAME"),
    tenantId: yield* text(written.tenantId, "OS_TENANT_ID", "OS_PROJECT_ID"),
    tenantDomain: yield* text(written.tenantDomain, "OS_PROJECT_DOMAIN_NAME"),
    tenantDomainId: yield* text(written.tenantDomainId, "OS_PROJECT_DOMAIN_ID"),
    applicationId: yield* text(written.applicationId, "OS_APPLICATION_CREDENTIAL_ID"),
    applicationName: yield* text(written.applicationName, "OS_APPLICATION_CREDENTIAL_NAME"),
    applicationSecret: yield* secret(written.applicationSecret, "OS_APPLICATION_CREDENTIAL_SECRET"),
    trust: yield* text(written.trust, "OS_TRUST_ID"),
    token: yield* secret(written.token, "OS_AUTH_TOKEN"),
    storageUrl: yield* text(written.storageUrl, "OS_STORAGE_URL"),
    region: yield* text(written.region, "OS_REGION_NAME"),
    endpointType
  }
  const login = loginOf(options)
  if (Result.isSuccess(login)) return login.success
  const lacking = login.failure.map(({ pointer }) => pointer.slice("#/".length)).join(", ")
  return yield* StorageError.of("auth_invalid", `neither the options nor the environment have a valid ${lacking}`, {
    suggestion: "the OS_ variables of an openrc file, in the environment of Mooring"
  })
})

/**
 * The login of options whose gaps the environment fills. Fails at `env_auth`, with `auth_invalid` for what is lacking,
 * or with `ambient_credentials_forbidden` where policy denies the environment.
 */
export const ambientLogin = (ambient: AmbientShape, written: AuthOptions): Effect.Effect<Login, StorageError> =>
  Effect.mapError(read(ambient, written), (error) => StorageError.with(error, { pointer: "#/env_auth" }))
