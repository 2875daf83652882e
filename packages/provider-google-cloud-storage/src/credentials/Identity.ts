/**
 * The identities that Google writes as JSON, by their `type`.
 *
 * Source: https://google.aip.dev/auth/4110 to 4118, https://cloud.google.com/iam/docs/workload-identity-federation
 */
import type * as Redacted from "effect/Redacted"

type Secret = Redacted.Redacted<string>

/** A service account with its private key. */
export interface ServiceAccount {
  readonly type: "service_account"
  readonly email: string
  /** PEM. */
  readonly privateKey: Secret
  readonly keyId: string | undefined
  readonly tokenUrl: string
}

/** A person who permitted an OAuth client, as `gcloud auth application-default login` writes it. */
export interface AuthorizedUser {
  readonly type: "authorized_user"
  readonly clientId: string
  readonly clientSecret: Secret
  readonly refreshToken: Secret
  readonly tokenUrl: string
}

/** How the token of another identity provider is found in an answer or file: it is all of it, or a field. */
export interface SubjectFormat {
  /** The field of a JSON document; undefined is the whole text. */
  readonly field: string | undefined
}

/** Where the token of another identity provider comes from. */
export type SubjectSource =
  | { readonly kind: "file"; readonly path: string; readonly format: SubjectFormat }
  | {
      readonly kind: "url"
      readonly url: string
      readonly headers: Readonly<Record<string, string>>
      readonly format: SubjectFormat
    }
  | {
      readonly kind: "aws"
      /** Addresses of the metadata service of the machine; undefined where the JSON has none. */
      readonly regionUrl: string | undefined
      readonly credentialsUrl: string | undefined
      readonly sessionTokenUrl: string | undefined
    }

/** An identity of another provider, exchanged for one of Google. */
export interface ExternalAccount {
  readonly type: "external_account"
  readonly audience: string
  readonly subjectTokenType: string
  readonly tokenUrl: string
  readonly source: SubjectSource
  /** The service account that it acts as; undefined is none. */
  readonly impersonationUrl: string | undefined
  readonly lifetime: number
  readonly client: { readonly id: string; readonly secret: Secret } | undefined
  readonly workforceProject: string | undefined
}

/** A service account that another identity acts as. */
export interface ImpersonatedServiceAccount {
  readonly type: "impersonated_service_account"
  readonly impersonationUrl: string
  readonly delegates: ReadonlyArray<string>
  readonly source: Exclude<Identity, ImpersonatedServiceAccount>
}

/** Any of them. */
export type Identity = ServiceAccount | AuthorizedUser | ExternalAccount | ImpersonatedServiceAccount
