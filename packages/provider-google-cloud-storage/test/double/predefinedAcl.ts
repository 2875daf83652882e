/**
 * Canned access control lists; of them only those that let everybody read make a difference here.
 *
 * Source: https://cloud.google.com/storage/docs/access-control/lists#predefined-acl
 */
import type { Bucket } from "./objects.ts"
import { parameter, type RawRequest } from "./rawRequest.ts"
import { invalid, invalidParameter } from "./Refusal.ts"

const ofObjects = [
  "authenticatedRead",
  "bucketOwnerFullControl",
  "bucketOwnerRead",
  "private",
  "projectPrivate",
  "publicRead"
]

export const aclsOfBuckets = ["authenticatedRead", "private", "projectPrivate", "publicRead", "publicReadWrite"]

export const legacyAclRefused = (what: "insert legacy ACL for an object" | "use ACL API to update bucket policy") =>
  invalid(
    `Cannot ${what} when uniform bucket-level access is enabled. Read more at ` +
      "https://cloud.google.com/storage/docs/uniform-bucket-level-access"
  )

/** Whether everybody may read an object that is written with this parameter. */
export const readPredefinedAcl = (request: RawRequest, bucket: Bucket, name = "predefinedAcl"): boolean => {
  const acl = parameter(request, name)
  if (acl === undefined) return false
  if (!ofObjects.includes(acl)) throw invalidParameter(name, acl)
  if (bucket.uniformAccess) throw legacyAclRefused("insert legacy ACL for an object")
  return acl === "publicRead"
}
