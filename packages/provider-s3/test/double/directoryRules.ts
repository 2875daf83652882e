/**
 * What directory buckets refuse that others take.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-differences.html
 */
import { accessDenied, type AccessKey } from "./accessKeys.ts"
import type { Operation } from "./Operation.ts"
import { header, parameter, type RawRequest } from "./rawRequest.ts"
import { notImplemented, S3Failure } from "./S3Failure.ts"
import { hostBucketOf, type Target } from "./target.ts"

/** Asked for at the endpoint of the region, with the bucket in the path; all others at that of the zone, in the host. */
const regional = ["ListDirectoryBuckets", "CreateBucket", "DeleteBucket"]

/** Signed by keys of the account. HeadBucket is by the page, and by a session of the vendor's client. */
const ofAccount = [...regional, "CreateSession", "CopyObject", "UploadPartCopy"]
const ofEither = ["HeadBucket"]

const refusedHeaders = ["x-amz-acl", "x-amz-request-payer", "x-amz-server-side-encryption-customer-algorithm"]

const invalidRequest = (message: string) => new S3Failure(400, "InvalidRequest", message)

const checkPlace = (request: RawRequest, { name }: Operation): void => {
  if ((hostBucketOf(request) === undefined) !== regional.includes(name))
    throw invalidRequest(
      "Path-style requests are not supported; buckets are made and removed at the regional endpoint."
    )
}

const checkSigner = (key: AccessKey | undefined, { name }: Operation): void => {
  if (ofEither.includes(name)) return
  if ((key?.ofBucket === true) === ofAccount.includes(name)) throw accessDenied()
}

const checkHeaders = (request: RawRequest): void => {
  if (header(request, "content-md5") !== undefined)
    throw new S3Failure(501, "NotImplemented", "This bucket does not support Content Md5 header.")
  const refused = refusedHeaders.find((name) => header(request, name) !== undefined)
  if (refused !== undefined) throw notImplemented({ Header: refused })
  const storageClass = header(request, "x-amz-storage-class") ?? "EXPRESS_ONEZONE"
  if (storageClass !== "EXPRESS_ONEZONE")
    throw new S3Failure(400, "InvalidStorageClass", "The storage class you specified is not valid")
}

const checkParameters = (request: RawRequest, { name }: Operation): void => {
  if ((parameter(request, "versionId") ?? "null") !== "null") throw notImplemented({ Parameters: "versionId" })
  if (parameter(request, "upload-id-marker") !== undefined) throw notImplemented({ Parameters: "upload-id-marker" })
  if (name !== "ListObjectsV2" && name !== "ListMultipartUploads") return
  const [prefix = "", delimiter = "/"] = [parameter(request, "prefix"), parameter(request, "delimiter")]
  if (delimiter !== "/") throw invalidRequest("This bucket does not support a delimiter other than a slash.")
  if (prefix !== "" && !prefix.endsWith("/"))
    throw invalidRequest("This bucket does not support a prefix that does not end in a delimiter.")
}

/** Throws S3Failure for what no directory bucket takes. */
export const checkDirectoryRules = (
  request: RawRequest,
  target: Target,
  operation: Operation,
  key: AccessKey | undefined
): void => {
  checkPlace(request, operation)
  checkSigner(key, operation)
  if (target.level !== "service") checkHeaders(request)
  checkParameters(request, operation)
}
