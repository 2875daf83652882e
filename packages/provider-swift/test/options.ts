/**
 * Options of authentication for tests: empty but for what a test names.
 */
import * as Redacted from "effect/Redacted"
import type { AuthOptions } from "../src/credentials/AuthSource.ts"

const empty: AuthOptions = {
  auth: "",
  version: 0,
  user: "",
  userId: "",
  key: Redacted.make(""),
  domain: "",
  domainId: "",
  tenant: "",
  tenantId: "",
  tenantDomain: "",
  tenantDomainId: "",
  applicationId: "",
  applicationName: "",
  applicationSecret: Redacted.make(""),
  trust: "",
  token: Redacted.make(""),
  storageUrl: "",
  region: "",
  endpointType: undefined
}

const secrets = ["key", "applicationSecret", "token"]

type Texts = { readonly [Name in keyof AuthOptions]?: AuthOptions[Name] | string }

/** Options with these, whose secrets are written as texts. */
export const optionsWith = (texts: Texts): AuthOptions => ({
  ...empty,
  ...(Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [name, secrets.includes(name) ? Redacted.make(String(value)) : value])
  ) as Partial<AuthOptions>)
})
