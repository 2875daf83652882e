/** What Google's identity services know: accounts, clients, tokens. */
import type { Federation, Identity, OAuthClient, ServiceAccount } from "../identities.ts"
import type { AccessTokens } from "../tokens.ts"

export interface Directory {
  readonly serviceAccounts: ReadonlyArray<ServiceAccount>
  readonly clients: ReadonlyArray<OAuthClient>
  readonly federations: ReadonlyArray<Federation>
  /** Of the machine that the metadata server is of; without one there is no such server. */
  readonly machine: Identity | undefined
  readonly tokens: AccessTokens
  /** Milliseconds. */
  readonly tokenLifetime: number
}
