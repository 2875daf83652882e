/**
 * Who may do what: the identities a double knows, and their permissions.
 *
 * Source: https://cloud.google.com/storage/docs/access-control/iam-json
 */
import { generateKeyPairSync, type KeyObject } from "node:crypto"

export type Permission =
  | "storage.buckets.create"
  | "storage.buckets.delete"
  | "storage.buckets.get"
  | "storage.buckets.list"
  | "storage.buckets.update"
  | "storage.objects.create"
  | "storage.objects.delete"
  | "storage.objects.get"
  | "storage.objects.list"
  | "storage.objects.update"

export interface Identity {
  readonly email: string
  /** All if absent. */
  readonly permissions?: ReadonlyArray<Permission>
  /** Projects whose bill it may use; the double's own project if absent. */
  readonly billing?: ReadonlyArray<string>
  /** E-mail addresses of the service accounts that it may act as. */
  readonly actsAs?: ReadonlyArray<string>
}

/** An identity with a key: signs assertions for tokens, and URLs. */
export interface ServiceAccount extends Identity {
  readonly keyId: string
  /** PKCS #8 in PEM. */
  readonly privateKey: string
  readonly publicKey: KeyObject
}

/** A service account with a key of its own. */
export const newServiceAccount = (email: string, more: Omit<Identity, "email"> = {}): ServiceAccount => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString()
  return { email, keyId: `key-of-${email.split("@")[0]}`, privateKey: pem, publicKey, ...more }
}

/** An OAuth client, with which refresh tokens and the client's own credentials are exchanged for access tokens. */
export interface OAuthClient {
  readonly id: string
  readonly secret: string
  /** Whom each refresh token stands for. */
  readonly refreshTokens?: Readonly<Record<string, Identity>>
  /** Who the client itself is; without, client credentials are refused. */
  readonly identity?: Identity
}

/** A key of AWS, with which requests are signed that tell whose it is. */
export interface AwsKey {
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly identity: Identity
}

/** A provider of identities that Google trusts: a provider of a workload identity pool. */
export interface Federation {
  readonly audience: string
  /** `urn:ietf:params:aws:token-type:aws4_request` for AWS. */
  readonly tokenType: string
  /** Whom each token of the provider stands for. */
  readonly subjects?: Readonly<Record<string, Identity>>
  /** By access key id, where the provider is AWS. */
  readonly awsKeys?: Readonly<Record<string, AwsKey>>
}

/** Its e-mail address, or what refusals call the anonymous caller. */
export const nameOf = (identity: Identity | undefined): string => identity?.email ?? "Anonymous caller"

/** What the identity may do. */
export const may = (identity: Identity | undefined, permission: Permission): boolean =>
  identity !== undefined && (identity.permissions === undefined || identity.permissions.includes(permission))
