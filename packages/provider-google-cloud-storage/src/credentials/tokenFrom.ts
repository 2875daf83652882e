/**
 * From who asks to a token.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { refreshedToken, ownToken } from "./clientToken.ts"
import { optionOf, type AccessToken, type CredentialSource } from "./CredentialSource.ts"
import { defaultIdentity } from "./defaultIdentity.ts"
import { externalAccountToken } from "./externalAccount.ts"
import type { Identity } from "./Identity.ts"
import { identityInFile } from "./identityInFile.ts"
import { impersonate } from "./impersonation.ts"
import { metadataToken } from "./metadataServer.ts"
import { serviceAccountToken } from "./serviceAccount.ts"
import { platformScope, storageScope, type Doors } from "./tokenRequest.ts"

/** Seconds for which a token of an impersonated account is asked. */
const lifetime = 3600

/** A token for an identity. */
const identityToken = (
  doors: Doors,
  identity: Identity,
  scope = storageScope
): Effect.Effect<AccessToken, StorageError> => {
  switch (identity.type) {
    case "service_account":
      return serviceAccountToken(doors, identity, scope)
    case "authorized_user":
      return refreshedToken(doors, identity, identity.refreshToken)
    case "external_account":
      return externalAccountToken(doors, identity, scope)
    case "impersonated_service_account": {
      const { impersonationUrl: url, delegates, source } = identity
      return Effect.flatMap(identityToken(doors, source, platformScope), (token) =>
        impersonate(doors, token, { url, scope, delegates, lifetime })
      )
    }
  }
}

/** Where credentials are fetched; the others are here already. */
export type FetchedSource = Exclude<CredentialSource, { readonly kind: "anonymous" | "static" }>

/** A refused OAuth client that is written in options of its own is put to them. */
const blameClient = Effect.mapError((error: StorageError) =>
  error.reason.providerCode?.endsWith("_client") === true ? StorageError.with(error, { pointer: "#/client_id" }) : error
)

const unrefreshable = (pointer: string, detail: string, suggestion: string) =>
  StorageError.of("auth_expired", `the token has expired and ${detail}`, { pointer, suggestion })

const refresh = (doors: Doors, { refreshToken, client }: Extract<FetchedSource, { readonly kind: "token" }>) => {
  if (refreshToken === undefined) {
    return Effect.fail(unrefreshable(doors.pointer, "has no refresh_token", "a new token, with a refresh_token"))
  }
  return client.clientId === ""
    ? Effect.fail(
        unrefreshable(
          "#/client_id",
          "only its OAuth client can refresh it",
          "the client_id and client_secret with which the token was made"
        )
      )
    : blameClient(refreshedToken(doors, client, refreshToken))
}

/** A token that was not used before. An error without an option to blame gets that of the source. */
export const tokenFrom = (
  source: FetchedSource,
  others: Omit<Doors, "pointer">
): Effect.Effect<AccessToken, StorageError> => {
  const doors = { ...others, pointer: optionOf(source) }
  const { ambient, pointer } = doors
  const token = Effect.suspend(() => {
    switch (source.kind) {
      case "json":
        return identityToken(doors, source.identity)
      case "file":
        return Effect.flatMap(identityInFile(ambient, source.path, pointer), (found) => identityToken(doors, found))
      case "environment":
        return Effect.flatMap(defaultIdentity(ambient), (found) =>
          found === undefined ? metadataToken(doors) : identityToken(doors, found)
        )
      case "client":
        return blameClient(ownToken(doors, source.client))
      case "token":
        return refresh(doors, source)
    }
  })
  return Effect.mapError(token, (error) =>
    error.reason.pointer === undefined && error.reason._tag !== "clock_skew"
      ? StorageError.with(error, { pointer })
      : error
  )
}
