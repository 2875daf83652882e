/**
 * From options to the settings of a store. Pure; reports every problem at once.
 */
import type { ProviderPlugin } from "@mooring/core"
import { formatSize } from "@mooring/core/options/size"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { authenticationOf } from "./credentials/authenticationOf.ts"
import type { AuthOptions, Login } from "./credentials/AuthSource.ts"
import { loginOf } from "./credentials/loginOf.ts"
import type { SwiftConfig } from "./SwiftConfig.ts"
import type { SwiftSettings } from "./SwiftSettings.ts"

type Config = typeof SwiftConfig.Type
type Issue = ProviderPlugin.Issue

/**
 * Most bytes of an object or segment: `max_file_size` of Swift
 * (https://docs.openstack.org/swift/latest/api/large_objects.html).
 */
export const maxObject = 5 * 1024 ** 3

const invalid = (name: keyof Config, detail: string): Issue => ({ pointer: `#/${name}`, code: "invalid_value", detail })

/** What no header can hold; version 1 sends user, key and token in headers. */
const headerIssues = (config: Config): ReadonlyArray<Issue> => {
  const texts = [
    ["user", config.user, /^\P{Cc}*$/u],
    ["key", Redacted.value(config.key), /^\P{Cc}*$/u],
    ["auth_token", Redacted.value(config.auth_token), /^[\x21-\x7e]*$/]
  ] as const
  return texts.flatMap(([name, text, pattern]) =>
    pattern.test(text) ? [] : [invalid(name, "holds a line break or other characters that a header cannot hold")]
  )
}

const numberIssues = ({ chunk_size, partial_page_fetch_threshold }: Config): ReadonlyArray<Issue> => [
  ...(chunk_size < 1 || chunk_size > maxObject
    ? [invalid("chunk_size", `must be from 1 to ${formatSize(maxObject)}`)]
    : []),
  ...(partial_page_fetch_threshold > 100
    ? [invalid("partial_page_fetch_threshold", "must be from 0 to 100 percent")]
    : [])
]

/** The options that say who asks or for what in a way that a version does not know: nobody would be asked about it. */
const unused: Readonly<Record<Login["kind"], ReadonlyArray<keyof Config>>> = {
  given: [],
  v1: ["region", "tenant", "tenant_id", "tenant_domain", "domain", "user_id"],
  v2: ["tenant_domain", "domain", "user_id"],
  v3: []
}

const unusedIssues = (config: Config, login: Login | undefined): ReadonlyArray<Issue> => {
  if (login === undefined) return []
  const isSet = (name: keyof Config) => {
    const value = config[name]
    return (Redacted.isRedacted(value) ? Redacted.value(value) : value) !== ""
  }
  const version = login.kind.slice(1)
  const conflict = (name: string): Issue => ({
    pointer: `#/${name}`,
    code: "conflicting_fields",
    detail: `version ${version} of authentication does not know this`
  })
  return [
    ...unused[login.kind].filter(isSet).map(conflict),
    ...(login.kind === "v1" && login.endpointType === "admin" ? [conflict("endpoint_type")] : [])
  ]
}

const optionsOf = (config: Config, given: ReadonlySet<string>): AuthOptions => ({
  auth: config.auth,
  version: config.auth_version,
  user: config.user,
  userId: config.user_id,
  key: config.key,
  domain: config.domain,
  domainId: "",
  tenant: config.tenant,
  tenantId: config.tenant_id,
  tenantDomain: config.tenant_domain,
  tenantDomainId: "",
  applicationId: config.application_credential_id,
  applicationName: config.application_credential_name,
  applicationSecret: config.application_credential_secret,
  trust: "",
  token: config.auth_token,
  storageUrl: config.storage_url,
  region: config.region,
  endpointType: given.has("endpoint_type") ? config.endpoint_type : undefined
})

/** The settings of a config, or every problem with it. */
export const normalize = (
  config: Config,
  given: ReadonlySet<string>
): Result.Result<SwiftSettings, ReadonlyArray<Issue>> => {
  const options = optionsOf(config, given)
  const login = loginOf(options)
  const ambient = config.env_auth
  // What the environment completes is not known yet, but what is written has to be well formed.
  const loginIssues = Result.isSuccess(login)
    ? []
    : login.failure.filter(({ code }) => !ambient || code === "invalid_value")
  const issues = [
    ...headerIssues(config),
    ...numberIssues(config),
    ...loginIssues,
    ...(ambient ? [] : unusedIssues(config, Result.getOrUndefined(login)))
  ]
  if (issues.length > 0) return Result.fail(issues)
  const source: Result.Result<Pick<SwiftSettings, "auth" | "authentication">, ReadonlyArray<Issue>> = ambient
    ? Result.succeed({
        auth: { kind: "ambient", written: options },
        authentication: { used: ["env_auth"], ignored: [] }
      })
    : Result.map(login, (auth) => ({ auth, authentication: authenticationOf(auth, options) }))
  return Result.map(source, (asking) => ({
    ...asking,
    storagePolicy: config.storage_policy,
    chunkSize: config.chunk_size,
    chunkStreams: !config.no_chunk && !config.no_large_objects,
    largeObjects: !config.no_large_objects,
    leaveParts: config.leave_parts_on_error,
    segmentsContainer: config.use_segments_container,
    untilEmptyPage: config.fetch_until_empty_page,
    partialPage: config.partial_page_fetch_threshold,
    encoding: config.encoding
  }))
}
