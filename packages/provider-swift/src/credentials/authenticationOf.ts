/**
 * Which options a login is made of, and which others are set and not looked at. Pure.
 */
import type { Authentication } from "@mooring/core/connectionTest/Authentication"
import * as Redacted from "effect/Redacted"
import type { AuthOptions, Login, Version3 } from "./AuthSource.ts"

/** The options by the names that people write; those of the environment alone have none. */
const names = {
  storageUrl: "storage_url",
  token: "auth_token",
  auth: "auth",
  applicationId: "application_credential_id",
  applicationName: "application_credential_name",
  applicationSecret: "application_credential_secret",
  userId: "user_id",
  user: "user",
  key: "key",
  domain: "domain",
  tenantId: "tenant_id",
  tenant: "tenant",
  tenantDomain: "tenant_domain",
  region: "region"
} as const satisfies Partial<Record<keyof AuthOptions, string>>

type Option = keyof typeof names

const isSet = (options: AuthOptions, option: Option): boolean => {
  const value = options[option]
  return (Redacted.isRedacted(value) ? Redacted.value(value) : value) !== ""
}

/** Options that say who asks, and those that say where and for what. */
interface Parts {
  readonly who: ReadonlyArray<Option>
  readonly what: ReadonlyArray<Option>
}

const userOf = ({ userId }: AuthOptions): ReadonlyArray<Option> => (userId === "" ? ["user"] : ["userId"])

const ofIdentity = ({ identity }: Version3, options: AuthOptions): Parts => {
  const { userId, tenantId } = options
  const domain: ReadonlyArray<Option> = userId === "" ? ["domain"] : []
  if (identity.method === "application_credential") {
    return "id" in identity.credential
      ? { who: ["applicationId", "applicationSecret"], what: [] }
      : { who: ["applicationName", "applicationSecret", ...userOf(options)], what: domain }
  }
  // The domain of a project that says none is that of the user, also where the user has an id.
  const named: ReadonlyArray<Option> = options.tenantDomain === "" ? ["tenant", "domain"] : ["tenant", "tenantDomain"]
  const project: ReadonlyArray<Option> = tenantId === "" ? (options.tenant === "" ? [] : named) : ["tenantId"]
  return identity.method === "password"
    ? { who: [...userOf(options), "key"], what: [...domain, ...project] }
    : { who: isSet(options, "token") ? ["token"] : ["key"], what: project }
}

const partsOf = (login: Login, options: AuthOptions): Parts => {
  if (login.kind === "given") return { who: ["storageUrl", "token"], what: [] }
  const token: ReadonlyArray<Option> = login.token === undefined ? [] : ["token"]
  const place: ReadonlyArray<Option> = login.storageUrl === undefined ? ["auth", "region"] : ["auth", "storageUrl"]
  if (login.kind === "v3") {
    const { who, what } = ofIdentity(login, options)
    return { who: [...who, ...token], what: [...what, ...place] }
  }
  const tenant: Option = options.tenantId === "" ? "tenant" : "tenantId"
  return { who: ["user", "key", ...token], what: login.kind === "v1" ? place : [tenant, ...place] }
}

/** By the names of the options. */
export const authenticationOf = (login: Login, options: AuthOptions): Authentication => {
  const { who, what } = partsOf(login, options)
  const others = (Object.keys(names) as ReadonlyArray<Option>).filter(
    (option) => isSet(options, option) && !who.includes(option) && !what.includes(option)
  )
  return { used: who.map((option) => names[option]), ignored: others.map((option) => names[option]) }
}
