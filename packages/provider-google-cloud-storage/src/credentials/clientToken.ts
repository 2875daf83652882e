/**
 * Tokens that an OAuth client asks for: with what a person permitted before, or for itself.
 *
 * Source: RFC 6749, sections 4.4 and 6
 */
import * as Redacted from "effect/Redacted"
import type { OAuthClient } from "./CredentialSource.ts"
import { grant, storageScope, type Doors } from "./tokenRequest.ts"

const proofOf = ({ clientId, clientSecret }: OAuthClient) => ({
  client_id: clientId,
  client_secret: Redacted.value(clientSecret)
})

/** A new token for a person. */
export const refreshedToken = (doors: Doors, client: OAuthClient, refreshToken: Redacted.Redacted<string>) =>
  grant(doors, client.tokenUrl, {
    grant_type: "refresh_token",
    refresh_token: Redacted.value(refreshToken),
    ...proofOf(client)
  })

/** A token for the client itself. */
export const ownToken = (doors: Doors, client: OAuthClient) =>
  grant(doors, client.tokenUrl, { grant_type: "client_credentials", scope: storageScope, ...proofOf(client) })
