/** The object that a request is about, for those who may know of it. */
import type { Permission } from "../identities.ts"
import { findObject, noSuchObject, type Bucket, type StoredObject } from "../objects.ts"
import type { Call } from "../Operation.ts"
import { parameter } from "../rawRequest.ts"
import { invalidParameter } from "../Refusal.ts"

export interface Addressed {
  readonly bucket: Bucket
  readonly stored: StoredObject
}

export const readGeneration = (call: Pick<Call, "request">, name = "generation"): string | undefined => {
  const value = parameter(call.request, name)
  if (value !== undefined && !/^\d{1,19}$/.test(value)) throw invalidParameter(name, value)
  return value
}

/** Who may not list does not learn that an object is not there. */
export const existingObject = (
  { access }: Pick<Call, "access">,
  permission: Permission,
  bucketName: string,
  name: string,
  generation: string | undefined
): Addressed => {
  const bucket = access.bucket(bucketName)
  const stored = findObject(bucket, name, generation)
  access.require(permission, bucket, stored)
  if (stored !== undefined) return { bucket, stored }
  access.require("storage.objects.list", bucket)
  throw noSuchObject(bucket, name)
}

export const addressed = (call: Call, permission: Permission): Addressed =>
  existingObject(call, permission, call.at["bucket"]!, call.at["object"]!, readGeneration(call))
