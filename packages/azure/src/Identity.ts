/**
 * Who asks: what the options of a backend say, before any of it was used.
 */
import type * as Redacted from "effect/Redacted"
import type { SharedKey } from "./sharedKey.ts"

/** Where a token of Microsoft Entra comes from. */
export type TokenSource =
  | {
      readonly kind: "secret"
      readonly tenant: string
      readonly clientId: string
      readonly secret: Redacted.Redacted<string>
    }
  | {
      readonly kind: "certificate"
      readonly tenant: string
      readonly clientId: string
      /** A PEM file of the host with certificate and private key. */
      readonly path: string
      readonly password: Redacted.Redacted<string>
      readonly sendChain: boolean
    }
  | {
      readonly kind: "user"
      readonly tenant: string
      readonly clientId: string
      readonly username: string
      readonly password: Redacted.Redacted<string>
    }
  | { readonly kind: "principalFile"; readonly path: string }
  | { readonly kind: "managed"; readonly identity: ManagedIdentity }
  | { readonly kind: "cli"; readonly tenant: string }
  | { readonly kind: "environment"; readonly identity: ManagedIdentity }

/** The identity of a machine: the only one it has, or one of several by one of its names. */
export type ManagedIdentity =
  | { readonly by: "machine" }
  | { readonly by: "client" | "object" | "resource"; readonly id: string }

/** How requests are authorised. */
export type Identity =
  | { readonly kind: "anonymous" }
  | ({ readonly kind: "sharedKey" } & SharedKey)
  | { readonly kind: "sas"; readonly query: Redacted.Redacted<string> }
  | { readonly kind: "token"; readonly source: TokenSource }
