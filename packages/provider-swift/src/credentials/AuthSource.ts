/**
 * Where a token comes from, as data.
 */
import type * as Redacted from "effect/Redacted"

/** A project or user has a name in a domain, or an id, which is unique. */
export type Named = { readonly id: string } | { readonly name: string; readonly domain: Domain }

export type Domain = { readonly id: string } | { readonly name: string }

/**
 * What is sent as identity to version 3
 * (https://docs.openstack.org/api-ref/identity/v3/#authentication-and-token-management).
 */
export type Identity =
  | { readonly method: "password"; readonly user: Named; readonly password: Redacted.Redacted<string> }
  | { readonly method: "token"; readonly token: Redacted.Redacted<string> }
  | {
      readonly method: "application_credential"
      readonly credential: { readonly id: string } | { readonly name: string; readonly user: Named }
      readonly secret: Redacted.Redacted<string>
    }

/** For what a token of version 3 is; an application credential says it itself. */
export type Scope = { readonly trust: string } | { readonly project: Named }

/** Address of the authentication service without a slash at its end, and what stands above its answer. */
interface Asked {
  readonly url: string
  readonly endpointType: EndpointType
  readonly storageUrl: string | undefined
  readonly token: Redacted.Redacted<string> | undefined
}

export type EndpointType = "public" | "internal" | "admin"

interface WithCatalog extends Asked {
  /** Undefined is the first in the catalog. */
  readonly region: string | undefined
}

/** Nothing is asked: both are given. */
export interface GivenToken {
  readonly kind: "given"
  readonly storageUrl: string
  readonly token: Redacted.Redacted<string>
}

export interface Version1 extends Asked {
  readonly kind: "v1"
  readonly user: string
  readonly key: Redacted.Redacted<string>
}

export interface Version2 extends WithCatalog {
  readonly kind: "v2"
  readonly user: string
  readonly key: Redacted.Redacted<string>
  readonly tenant: { readonly id: string } | { readonly name: string } | undefined
}

export interface Version3 extends WithCatalog {
  readonly kind: "v3"
  readonly identity: Identity
  readonly scope: Scope | undefined
}

export type Login = GivenToken | Version1 | Version2 | Version3

/** A login that was written as options, or one that the environment of the machine completes. */
export type AuthSource = Login | { readonly kind: "ambient"; readonly written: AuthOptions }

/** The options of which a login is made; an empty text is absent. */
export interface AuthOptions {
  readonly auth: string
  readonly version: number
  readonly user: string
  readonly userId: string
  readonly key: Redacted.Redacted<string>
  readonly domain: string
  readonly domainId: string
  readonly tenant: string
  readonly tenantId: string
  readonly tenantDomain: string
  readonly tenantDomainId: string
  readonly applicationId: string
  readonly applicationName: string
  readonly applicationSecret: Redacted.Redacted<string>
  readonly trust: string
  readonly token: Redacted.Redacted<string>
  readonly storageUrl: string
  readonly region: string
  /** Undefined is public. */
  readonly endpointType: EndpointType | undefined
}
