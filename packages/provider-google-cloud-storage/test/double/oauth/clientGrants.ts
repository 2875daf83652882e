/**
 * Grants of OAuth clients: refresh tokens and the client's own credentials (RFC 6749 6 and 4.4).
 *
 * Source: https://developers.google.com/identity/protocols/oauth2/web-server#offline
 */
import type { Identity, OAuthClient } from "../identities.ts"
import { header, type RawRequest } from "../rawRequest.ts"
import { invalidClient, invalidGrant, invalidRequest, OAuthRefusal } from "./OAuthRefusal.ts"

const basicOf = (request: RawRequest): readonly [id: string, secret: string] | undefined => {
  const [, encoded] = /^Basic (\S+)$/.exec(header(request, "authorization") ?? "") ?? []
  if (encoded === undefined) return undefined
  const [id = "", ...secret] = Buffer.from(encoded, "base64").toString().split(":")
  return [decodeURIComponent(id), decodeURIComponent(secret.join(":"))]
}

/** The client, by its id and secret in the form or in the header. */
const clientOf = (request: RawRequest, form: URLSearchParams, clients: ReadonlyArray<OAuthClient>): OAuthClient => {
  const basic = basicOf(request)
  if (basic !== undefined && form.has("client_secret")) throw invalidRequest("The client is named twice.")
  const [id, secret] = basic ?? [form.get("client_id"), form.get("client_secret")]
  if (id === null) throw invalidRequest("Could not determine client ID from request.")
  const client = clients.find((one) => one.id === id)
  if (client === undefined) throw invalidClient("The OAuth client was not found.")
  if (client.secret !== secret) throw invalidClient("The provided client secret is invalid.")
  return client
}

export const refreshed = (
  request: RawRequest,
  form: URLSearchParams,
  clients: ReadonlyArray<OAuthClient>
): Identity => {
  const client = clientOf(request, form, clients)
  const token = form.get("refresh_token")
  if (token === null) throw invalidRequest("Missing required parameter: refresh_token")
  const identity = client.refreshTokens?.[token]
  if (identity === undefined) throw invalidGrant("Token has been expired or revoked.")
  return identity
}

export const ofClient = (request: RawRequest, form: URLSearchParams, clients: ReadonlyArray<OAuthClient>): Identity => {
  const { identity } = clientOf(request, form, clients)
  if (identity === undefined)
    throw new OAuthRefusal(400, "unauthorized_client", "The client may not use its own credentials.")
  return identity
}
