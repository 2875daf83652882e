/** From a verified request to the operation's answer: permissions first, then the bucket, then the operation. */
import { accessDenied, permits, type Access, type AccessKey } from "./accessKeys.ts"
import type { Answer } from "./Answer.ts"
import { existingBucket, type Bucket, type Buckets } from "./objects.ts"
import type { Call, Operation } from "./Operation.ts"
import type { RawRequest } from "./rawRequest.ts"
import { S3Failure } from "./S3Failure.ts"
import type { Target } from "./target.ts"

export type Surroundings = Pick<
  Call,
  "buckets" | "region" | "now" | "pageSize" | "minimumPartSize" | "tokenSecret" | "newSession"
>

const bucketIn = (buckets: Buckets, name: string, region: string) => {
  const bucket = existingBucket(buckets, name)
  if (bucket.region !== region)
    throw new S3Failure(
      301,
      "PermanentRedirect",
      "The bucket you are attempting to access must be addressed using the specified endpoint.",
      { elements: { Bucket: name, Region: bucket.region }, headers: { "x-amz-bucket-region": bucket.region } }
    )
  return bucket
}

/** Everybody may read what is in a public bucket, and an object whose ACL says so. */
const isPublic = (bucket: Bucket | undefined, { level, key }: Target): boolean =>
  bucket?.publicRead === true || (level === "object" && bucket?.objects.get(key)?.publicRead === true)

export const dispatch = (
  request: RawRequest,
  target: Target,
  operation: Operation,
  key: AccessKey | undefined,
  surroundings: Surroundings
): Answer => {
  const { buckets, region } = surroundings
  const allows = (bucket: string, access: Access) =>
    permits(key, bucket, access) || (access === "read" && isPublic(buckets.get(bucket), target))
  if (!allows(target.bucket, operation.access)) throw accessDenied()
  return operation.run({
    ...surroundings,
    request,
    target,
    allows,
    bucket: () => bucketIn(buckets, target.bucket, region)
  })
}
