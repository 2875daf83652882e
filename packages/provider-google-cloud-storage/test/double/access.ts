/**
 * Who asks, and whether they may.
 *
 * Source: https://cloud.google.com/storage/docs/access-control/iam-json
 */
import { may, nameOf, type Identity, type Permission } from "./identities.ts"
import { existingBucket, type Bucket, type Buckets, type StoredObject } from "./objects.ts"
import { parameter, type RawRequest } from "./rawRequest.ts"
import { invalid, Refusal } from "./Refusal.ts"
import { insufficientScope, loginRequired, scopesPermit } from "./tokens.ts"

export interface Caller {
  /** Undefined is the anonymous caller. */
  readonly identity: Identity | undefined
  /** Of the token; undefined where no token came. */
  readonly scopes?: ReadonlyArray<string>
}

export interface Access {
  /** Refuses unless the caller may; `object` may be public. */
  readonly require: (permission: Permission, bucket?: Bucket, object?: StoredObject) => void
  readonly has: (permission: Permission) => boolean
  /** Who asks; refuses nobody, and a token without this scope. */
  readonly actor: (scope: string) => Identity
  /** The bucket, for whose requests somebody pays. */
  readonly bucket: (name: string) => Bucket
}

const readsPublic = (permission: Permission, bucket?: Bucket, object?: StoredObject): boolean =>
  (permission === "storage.objects.get" && (bucket?.publicRead === true || object?.publicRead === true)) ||
  (permission === "storage.objects.list" && bucket?.publicRead === true)

const resourceOf = (permission: Permission): string =>
  permission.startsWith("storage.objects")
    ? "object"
    : permission === "storage.buckets.list" || permission === "storage.buckets.create"
      ? "project"
      : "bucket"

const denied = ({ identity, scopes }: Caller, permission: Permission): Refusal => {
  if (identity !== undefined && scopes !== undefined && !scopesPermit(scopes, permission)) return insufficientScope()
  const message =
    `${nameOf(identity)} does not have ${permission} access to the Google Cloud Storage ${resourceOf(permission)}. ` +
    `Permission '${permission}' denied on resource (or it may not exist).`
  return identity === undefined ? loginRequired(message) : new Refusal(403, "forbidden", message)
}

/** The project that pays: of the parameter, or of the header. */
const payerOf = (request: RawRequest): string | undefined =>
  parameter(request, "userProject") ?? request.headers.find(([name]) => name === "x-goog-user-project")?.[1]

const checkPayer = (caller: Caller, bucket: Bucket, payer: string | undefined): void => {
  if (bucket.requesterPays && payer === undefined)
    throw new Refusal(400, "required", "Bucket is a requester pays bucket but no user project provided.", {
      code: "UserProjectMissing"
    })
  if (payer !== undefined && !(caller.identity?.billing ?? [bucket.project]).includes(payer))
    throw new Refusal(403, "userProjectAccessDenied", `${nameOf(caller.identity)} may not use the project ${payer}.`)
  if (payer !== undefined && caller.identity === undefined)
    throw loginRequired("A user project needs an identity that may use it.")
}

export const accessOf = (caller: Caller, request: RawRequest, buckets: Buckets): Access => {
  const has = (permission: Permission) =>
    may(caller.identity, permission) && (caller.scopes === undefined || scopesPermit(caller.scopes, permission))
  return {
    has,
    actor: (scope) => {
      if (caller.identity === undefined) throw loginRequired("Login Required")
      if (caller.scopes?.some((one) => one.endsWith(`/auth/${scope}`)) !== true) throw insufficientScope()
      return caller.identity
    },
    require: (permission, bucket, object) => {
      if (!has(permission) && !readsPublic(permission, bucket, object)) throw denied(caller, permission)
    },
    bucket: (name) => {
      if (name === "") throw invalid("Invalid bucket name: ''")
      const bucket = existingBucket(buckets, name)
      checkPayer(caller, bucket, payerOf(request))
      return bucket
    }
  }
}
