/**
 * Tokens of other providers exchanged for Google's (RFC 8693).
 *
 * Source: https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token
 */
import { jsonAnswer, type Answer } from "../Answer.ts"
import type { Federation, Identity } from "../identities.ts"
import type { Call, Operation } from "../Operation.ts"
import { isScope, mintToken } from "../tokens.ts"
import { awsIdentity } from "./awsIdentity.ts"
import { readForm } from "./form.ts"
import { invalidGrant, invalidRequest, OAuthRefusal } from "./OAuthRefusal.ts"

const grantType = "urn:ietf:params:oauth:grant-type:token-exchange"
const issued = "urn:ietf:params:oauth:token-type:access_token"

const subjectOf = (federation: Federation, token: string, now: number): Identity => {
  if (federation.awsKeys !== undefined) return awsIdentity(token, federation, now)
  const identity = federation.subjects?.[token]
  if (identity === undefined) throw invalidGrant("The subject token is invalid or has expired.")
  return identity
}

const run = ({ request, directory, now }: Call): Answer => {
  const form = readForm(request)
  const read = (name: string): string => {
    const value = form.get(name)
    if (value === null || value === "") throw invalidRequest(`Invalid value for "${name}".`)
    return value
  }
  if (read("grant_type") !== grantType) throw new OAuthRefusal(400, "unsupported_grant_type", "Unsupported grant type.")
  if (read("requested_token_type") !== issued) throw invalidRequest("Only access tokens are given.")
  const federation = directory.federations.find(({ audience }) => audience === read("audience"))
  if (federation === undefined)
    throw new OAuthRefusal(400, "invalid_target", "The target service indicated by the audience parameter is invalid.")
  if (read("subject_token_type") !== federation.tokenType) throw invalidRequest("The provider gives other tokens.")
  const scopes = read("scope").split(" ")
  if (!scopes.every(isScope)) throw new OAuthRefusal(400, "invalid_scope", "Some requested scopes were invalid.")
  const identity = subjectOf(federation, read("subject_token"), now)
  const { tokens, tokenLifetime } = directory
  const token = mintToken(tokens, { identity, scopes, expires: now + tokenLifetime })
  return jsonAnswer({
    access_token: token,
    issued_token_type: issued,
    token_type: "Bearer",
    expires_in: Math.floor(tokenLifetime / 1000)
  })
}

export const exchangeToken: Operation = {
  name: "sts.token",
  method: "POST",
  route: "/v1/token",
  authentication: "none",
  run
}
