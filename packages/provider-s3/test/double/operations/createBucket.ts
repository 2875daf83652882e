/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html and the bucket naming rules. */
import { empty } from "../Answer.ts"
import { newBucket } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { fields, parseXml } from "../parseXml.ts"
import { S3Failure } from "../S3Failure.ts"

const valid = (name: string): boolean =>
  /^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/.test(name) && !name.includes("..") && !/^\d+(\.\d+){3}$/.test(name)

/** us-east-1 takes none or another region; every other endpoint takes its own and nothing else. */
const regionFor = (body: Uint8Array, region: string): string => {
  const constraint =
    body.length === 0
      ? undefined
      : fields(parseXml(body, "CreateBucketConfiguration"), ["LocationConstraint"]).get("LocationConstraint")
  if (region === "us-east-1") {
    if (constraint === "us-east-1")
      throw new S3Failure(400, "InvalidLocationConstraint", "The specified location-constraint is not valid")
    return constraint ?? region
  }
  if (constraint !== region)
    throw new S3Failure(
      400,
      "IllegalLocationConstraintException",
      `The ${constraint ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.`
    )
  return region
}

export const createBucket: Operation = {
  name: "CreateBucket",
  method: "PUT",
  level: "bucket",
  requires: [],
  permits: [],
  headers: ["x-amz-acl"],
  access: "write",
  run: ({ request, target, buckets, region, now }) => {
    if (!valid(target.bucket))
      throw new S3Failure(400, "InvalidBucketName", "The specified bucket is not valid.", {
        elements: { BucketName: target.bucket }
      })
    const location = regionFor(request.body, region)
    if (buckets.has(target.bucket)) {
      if (region !== "us-east-1")
        throw new S3Failure(
          409,
          "BucketAlreadyOwnedByYou",
          "Your previous request to create the named bucket succeeded and you already own it."
        )
    } else buckets.set(target.bucket, newBucket(target.bucket, location, now))
    return empty(200, { location: `/${target.bucket}` })
  }
}
