/**
 * From options to a login, with rclone's precedence. Pure.
 */
import type { ProviderPlugin } from "@mooring/core"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { AuthOptions, Domain, Identity, Login, Named, Scope } from "./AuthSource.ts"

type Issue = ProviderPlugin.Issue

const missing = (name: string, detail: string, suggestion?: string): Issue => ({
  pointer: `#/${name}`,
  code: "missing_field",
  detail,
  ...(suggestion !== undefined && { suggestion })
})

const isEmpty = (secret: Redacted.Redacted<string>): boolean => Redacted.value(secret) === ""
const given = (secret: Redacted.Redacted<string>) => (isEmpty(secret) ? undefined : secret)

/** An address without the slash at its end; undefined if it is no http or https address that can be extended. */
export const addressIn = (text: string): string | undefined => {
  if (!/^https?:\/\//i.test(text) || /[^\x21-\x7e]|\\/.test(text) || !URL.canParse(text)) return undefined
  if (/\/(\.|%2e){1,2}(\/|$)/i.test(text)) return undefined
  const { username, password, search, hash, origin, pathname } = new URL(text)
  const plain = username === "" && password === "" && search === "" && hash === ""
  return plain ? `${origin}${pathname.replace(/\/+$/, "")}` : undefined
}

const notAnAddress = "must be an http or https address without a user name, dot segments, query and fragment"

const addressIssues = (options: AuthOptions): ReadonlyArray<Issue> =>
  (
    [
      ["auth", options.auth],
      ["storage_url", options.storageUrl]
    ] as const
  )
    .filter(([, text]) => text !== "" && addressIn(text) === undefined)
    .map(([name]) => ({ pointer: `#/${name}`, code: "invalid_value", detail: notAnAddress }))

/** The version that the text of an address names, the highest of several; 0 if none. */
export const versionIn = (address: string): number => [3, 2, 1].find((one) => address.includes(`v${one}`)) ?? 0

/** The domain by name before that by id; Keystone calls the first one Default. */
const domainOf = (name: string, id: string): Domain | undefined =>
  name !== "" ? { name } : id !== "" ? { id } : undefined

const userDomainOf = ({ domain, domainId }: AuthOptions): Domain => domainOf(domain, domainId) ?? { name: "Default" }

const userOf = (options: AuthOptions): Named | undefined => {
  if (options.userId !== "") return { id: options.userId }
  return options.user === "" ? undefined : { name: options.user, domain: userDomainOf(options) }
}

const identityOf = (options: AuthOptions): Result.Result<Identity, Issue> => {
  const { applicationId, applicationName, applicationSecret, key, token } = options
  const user = userOf(options)
  if (applicationId !== "" || applicationName !== "") {
    if (isEmpty(applicationSecret)) {
      return Result.fail(missing("application_credential_secret", "an application credential has a secret"))
    }
    const secret = applicationSecret
    if (applicationId !== "") {
      return Result.succeed({ method: "application_credential", credential: { id: applicationId }, secret })
    }
    return user === undefined
      ? Result.fail(missing("user", "an application credential by name needs its user", "user with domain, or user_id"))
      : Result.succeed({ method: "application_credential", credential: { name: applicationName, user }, secret })
  }
  if (!isEmpty(applicationSecret)) {
    return Result.fail(missing("application_credential_id", "an application credential has an id or a name"))
  }
  if (user !== undefined && !isEmpty(key)) return Result.succeed({ method: "password", user, password: key })
  if (!isEmpty(token)) return Result.succeed({ method: "token", token })
  if (isEmpty(key)) return Result.fail(missing("key", "a password or token is needed"))
  return Result.succeed({ method: "token", token: key })
}

const scopeOf = (options: AuthOptions): Scope | undefined => {
  const { trust, tenant, tenantId, tenantDomain, tenantDomainId } = options
  if (trust !== "") return { trust }
  if (tenantId !== "") return { project: { id: tenantId } }
  if (tenant === "") return undefined
  return { project: { name: tenant, domain: domainOf(tenantDomain, tenantDomainId) ?? userDomainOf(options) } }
}

/** User and key of versions 1 and 2, or what is missing of them. */
const pairOf = ({ user, key }: AuthOptions): Result.Result<Pick<AuthOptions, "user" | "key">, ReadonlyArray<Issue>> => {
  const issues = [
    ...(user === "" ? [missing("user", "a user is needed")] : []),
    ...(isEmpty(key) ? [missing("key", "the key of the user is needed")] : [])
  ]
  return issues.length > 0 ? Result.fail(issues) : Result.succeed({ user, key })
}

/** The login of options, or what is missing or wrong. A storage URL and a token need nothing else. */
export const loginOf = (options: AuthOptions): Result.Result<Login, ReadonlyArray<Issue>> => {
  const wrong = addressIssues(options)
  if (wrong.length > 0) return Result.fail(wrong)
  const storageUrl = addressIn(options.storageUrl)
  const token = given(options.token)
  if (storageUrl !== undefined && token !== undefined) return Result.succeed({ kind: "given", storageUrl, token })
  const url = addressIn(options.auth)
  if (url === undefined) {
    return Result.fail([missing("auth", "an auth URL is needed, or storage_url with auth_token")])
  }
  const asked = { url, endpointType: options.endpointType ?? "public", storageUrl, token } as const
  const withCatalog = { ...asked, region: options.region === "" ? undefined : options.region }
  const { tenant, tenantId } = options
  switch (options.version || versionIn(options.auth)) {
    case 1:
      return Result.map(pairOf(options), (pair) => ({ kind: "v1", ...asked, ...pair }))
    case 2:
      return Result.map(pairOf(options), (pair) => ({
        kind: "v2",
        ...withCatalog,
        ...pair,
        tenant: tenantId !== "" ? { id: tenantId } : tenant !== "" ? { name: tenant } : undefined
      }))
    case 3:
      return Result.mapBoth(identityOf(options), {
        onFailure: (issue) => [issue],
        onSuccess: (identity): Login => ({
          kind: "v3",
          ...withCatalog,
          // A token of version 3 is exchanged for one of the scope, and that is the one to use.
          token: identity.method === "token" ? undefined : token,
          identity,
          scope: identity.method === "application_credential" ? undefined : scopeOf(options)
        })
      })
    default:
      return Result.fail([missing("auth_version", "the auth URL does not name its version: write 1, 2 or 3")])
  }
}
