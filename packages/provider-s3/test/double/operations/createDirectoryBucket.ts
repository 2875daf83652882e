/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html, for directory buckets. */
import { empty } from "../Answer.ts"
import { newBucket } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { fields, malformedXml, parseXml } from "../parseXml.ts"
import { S3Failure } from "../S3Failure.ts"

const invalidName = (name: string) =>
  new S3Failure(400, "InvalidBucketName", "The specified bucket is not valid.", { elements: { BucketName: name } })

/** The name says the zone, which the body must repeat. */
const checkBody = (body: Uint8Array, zone: string): void => {
  const { children } = parseXml(body, "CreateBucketConfiguration")
  const [location, bucket] = ["Location", "Bucket"].map((name) => children.find((one) => one.name === name))
  if (location === undefined || bucket === undefined || children.length !== 2) throw malformedXml()
  const [at, kind] = [fields(location, ["Name", "Type"]), fields(bucket, ["DataRedundancy", "Type"])]
  const type = at.get("Type")
  if (type !== "AvailabilityZone" && type !== "LocalZone") throw malformedXml()
  if (kind.get("Type") !== "Directory" || kind.get("DataRedundancy") !== `Single${type}`) throw malformedXml()
  if (at.get("Name") !== zone)
    throw new S3Failure(400, "InvalidRequest", "The bucket name and the location name another zone.")
}

export const createDirectoryBucket: Operation = {
  name: "CreateBucket",
  method: "PUT",
  level: "bucket",
  requires: [],
  permits: [],
  headers: [],
  access: "write",
  run: ({ request, target, buckets, region, now }) => {
    const [, zone] = /^[a-z\d][a-z\d-]*[a-z\d]--([a-z\d-]+-az\d+)--x-s3$/.exec(target.bucket) ?? []
    if (zone === undefined || target.bucket.length > 63) throw invalidName(target.bucket)
    checkBody(request.body, zone)
    if (buckets.has(target.bucket)) throw new S3Failure(409, "BucketAlreadyOwnedByYou", "You own this bucket already.")
    buckets.set(target.bucket, { ...newBucket(target.bucket, region, now), directory: true })
    return empty(200, { location: `/${target.bucket}` })
  }
}
