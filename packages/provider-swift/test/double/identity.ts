/**
 * The half of the double that gives tokens, in version 2.
 */
import * as Schema from "effect/Schema"

export const people = { user: "demo", password: "demo-password", apiKey: "0123456789abcdef0123456789abcdef" }
export const tenant = { id: "tenant-id", name: "demo" }

const scope = { tenantName: Schema.optionalKey(Schema.String), tenantId: Schema.optionalKey(Schema.String) }

const WithPassword = Schema.Struct({
  auth: Schema.Struct({
    passwordCredentials: Schema.Struct({ username: Schema.String, password: Schema.String }),
    ...scope
  })
})

const WithApiKey = Schema.Struct({
  auth: Schema.Struct({
    "RAX-KSKEY:apiKeyCredentials": Schema.Struct({ username: Schema.String, apiKey: Schema.String }),
    ...scope
  })
})

const strict = { onExcessProperty: "error" } as const
const passwordOf = Schema.decodeUnknownOption(Schema.fromJsonString(WithPassword), strict)
const apiKeyOf = Schema.decodeUnknownOption(Schema.fromJsonString(WithApiKey), strict)

export interface IdentityAnswer {
  readonly status: number
  readonly body: unknown
}

const refusal = (status: number): IdentityAnswer => ({ status, body: { error: { code: status, title: "refused" } } })

/** What was asked for: who, with what right, for which tenant; undefined if it is not of a form. */
const askedIn = (text: string) => {
  const password = passwordOf(text)
  if (password._tag === "Some") {
    const { passwordCredentials, ...rest } = password.value.auth
    return { ...rest, user: passwordCredentials.username, valid: passwordCredentials.password === people.password }
  }
  const apiKey = apiKeyOf(text)
  if (apiKey._tag === "None") return undefined
  const { "RAX-KSKEY:apiKeyCredentials": key, ...rest } = apiKey.value.auth
  return { ...rest, user: key.username, valid: key.apiKey === people.apiKey }
}

/** The answer to a request for a token, which is `token` if it is given. */
export const answerTokens = (
  contentType: string | undefined,
  text: string,
  token: string,
  storageUrl: string
): IdentityAnswer => {
  if (contentType !== "application/json") return refusal(415)
  const asked = askedIn(text)
  if (asked === undefined || (asked.tenantId !== undefined && asked.tenantName !== undefined)) return refusal(400)
  const known = [undefined, tenant.id].includes(asked.tenantId) && [undefined, tenant.name].includes(asked.tenantName)
  if (!asked.valid || asked.user !== people.user || !known) return refusal(401)
  const scoped = asked.tenantId !== undefined || asked.tenantName !== undefined
  const endpoints = [
    { region: "ORD", publicURL: storageUrl, internalURL: storageUrl, tenantId: tenant.id },
    { region: "DFW", publicURL: "http://127.0.0.1:1/v1/DFW", tenantId: tenant.id }
  ]
  const others = { name: "compute", type: "compute", endpoints: [{ publicURL: "http://127.0.0.1:1/compute" }] }
  const catalog = [others, { name: "cloudFiles", type: "object-store", endpoints }]
  return {
    status: 200,
    body: {
      access: {
        token: { id: token, expires: "2999-01-01T00:00:00.000Z", ...(scoped && { tenant }) },
        user: { id: "user-id", name: people.user, roles: [] },
        serviceCatalog: scoped ? catalog : []
      }
    }
  }
}
