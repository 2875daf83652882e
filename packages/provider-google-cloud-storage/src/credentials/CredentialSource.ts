/**
 * Where the credentials of a store come from, as data.
 */
import type * as Redacted from "effect/Redacted"
import type { Identity } from "./Identity.ts"

/** An access token. */
export interface AccessToken {
  readonly token: Redacted.Redacted<string>
  /** Milliseconds since 1970; absent is not known. */
  readonly expires?: number
}

/** An OAuth client and the token service that knows it. */
export interface OAuthClient {
  readonly clientId: string
  readonly clientSecret: Redacted.Redacted<string>
  readonly tokenUrl: string
}

/** What the options say, before any of it was used. */
export type CredentialSource =
  | { readonly kind: "anonymous" }
  /** JSON that was written as an option. */
  | { readonly kind: "json"; readonly identity: Identity }
  /** A file of the host with such JSON. */
  | { readonly kind: "file"; readonly path: string }
  /** Application default credentials. */
  | { readonly kind: "environment" }
  | { readonly kind: "static"; readonly access: AccessToken }
  /** A token that may be refreshed; without an access token it is refreshed at first. */
  | {
      readonly kind: "token"
      readonly access: AccessToken | undefined
      readonly refreshToken: Redacted.Redacted<string> | undefined
      readonly client: OAuthClient
    }
  | { readonly kind: "client"; readonly client: OAuthClient }

/** The option that chose a source. */
export const optionOf = (source: CredentialSource): string => {
  const options = {
    anonymous: "anonymous",
    json: "service_account_credentials",
    file: "service_account_file",
    environment: "env_auth",
    static: "access_token",
    token: "token",
    client: "client_credentials"
  } as const
  return `#/${options[source.kind]}`
}
