/** The token endpoint (RFC 6749 3.2). */
import { jsonAnswer, type Answer } from "../Answer.ts"
import type { Identity } from "../identities.ts"
import type { Call, Operation } from "../Operation.ts"
import { isScope, mintToken } from "../tokens.ts"
import { readForm } from "./form.ts"
import { ofClient, refreshed } from "./clientGrants.ts"
import { readAssertion } from "./jwtBearer.ts"
import { invalidRequest, OAuthRefusal } from "./OAuthRefusal.ts"

interface Grant {
  readonly identity: Identity
  readonly scopes: ReadonlyArray<string>
}

const fullControl = ["https://www.googleapis.com/auth/devstorage.full_control"]

const scopesOf = (form: URLSearchParams): ReadonlyArray<string> => {
  const scopes = form.get("scope")?.split(" ") ?? fullControl
  if (!scopes.every(isScope)) throw new OAuthRefusal(400, "invalid_scope", "Some requested scopes were invalid.")
  return scopes
}

const grants: Readonly<Record<string, (call: Call, form: URLSearchParams) => Grant>> = {
  "urn:ietf:params:oauth:grant-type:jwt-bearer": ({ directory, origin, request, now }, form) => {
    const assertion = form.get("assertion")
    if (assertion === null) throw invalidRequest("Missing required parameter: assertion")
    return readAssertion(assertion, directory.serviceAccounts, `${origin}${request.path}`, now)
  },
  refresh_token: ({ directory, request }, form) => ({
    identity: refreshed(request, form, directory.clients),
    scopes: scopesOf(form)
  }),
  client_credentials: ({ directory, request }, form) => ({
    identity: ofClient(request, form, directory.clients),
    scopes: scopesOf(form)
  })
}

const run = (call: Call): Answer => {
  const { directory, now } = call
  const form = readForm(call.request)
  const type = form.get("grant_type")
  if (type === null) throw invalidRequest("Required parameter is missing: grant_type")
  const grant = grants[type]
  if (grant === undefined) throw new OAuthRefusal(400, "unsupported_grant_type", `Invalid grant_type: ${type}`)
  const { identity, scopes } = grant(call, form)
  const token = mintToken(directory.tokens, { identity, scopes, expires: now + directory.tokenLifetime })
  const expires = Math.floor(directory.tokenLifetime / 1000)
  return jsonAnswer(
    {
      access_token: token,
      expires_in: expires,
      token_type: "Bearer",
      ...(type === "refresh_token" && { scope: scopes.join(" ") })
    },
    { "cache-control": "no-store" }
  )
}

export const issueToken: Operation = {
  name: "oauth.token",
  method: "POST",
  route: "/token",
  authentication: "none",
  run
}
