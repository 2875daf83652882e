/**
 * The bodies of requests for a token: the lines where keys and passwords stop being hidden. Pure.
 */
import * as Redacted from "effect/Redacted"
import type { Identity, Scope, Version2, Version3 } from "./AuthSource.ts"

/** From so many characters on, a key is taken for an API key of Rackspace first. */
const apiKeyLength = 32

/** Both forms of version 2, the likelier first (https://docs.openstack.org/api-ref/identity/v2/). */
export const bodiesOf2 = ({ user, key, tenant }: Version2): readonly [string, string] => {
  const secret = Redacted.value(key)
  const scope = tenant === undefined ? {} : "id" in tenant ? { tenantId: tenant.id } : { tenantName: tenant.name }
  const password = JSON.stringify({ auth: { passwordCredentials: { username: user, password: secret }, ...scope } })
  const apiKey = JSON.stringify({
    auth: { "RAX-KSKEY:apiKeyCredentials": { username: user, apiKey: secret }, ...scope }
  })
  return secret.length >= apiKeyLength ? [apiKey, password] : [password, apiKey]
}

const identityOf = (identity: Identity) => {
  switch (identity.method) {
    case "password":
      return { password: { user: { ...identity.user, password: Redacted.value(identity.password) } } }
    case "token":
      return { token: { id: Redacted.value(identity.token) } }
    case "application_credential":
      return { application_credential: { ...identity.credential, secret: Redacted.value(identity.secret) } }
  }
}

const scopeOf = (scope: Scope) =>
  "trust" in scope ? { "OS-TRUST:trust": { id: scope.trust } } : { project: scope.project }

/** The body of version 3 (https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management). */
export const bodyOf3 = ({ identity, scope }: Pick<Version3, "identity" | "scope">): string =>
  JSON.stringify({
    auth: {
      identity: { methods: [identity.method], ...identityOf(identity) },
      ...(scope !== undefined && { scope: scopeOf(scope) })
    }
  })
