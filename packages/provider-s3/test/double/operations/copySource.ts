/** The source of CopyObject and UploadPartCopy: `x-amz-copy-source`, its permissions and its conditions. */
import { accessDenied } from "../accessKeys.ts"
import { checkCustomerKey, readCustomerKey } from "../customerKey.ts"
import { existingBucket, existingObject, type StoredObject } from "../objects.ts"
import type { Call } from "../Operation.ts"
import { decodeText } from "../percent.ts"
import { checkCopySource } from "../preconditions.ts"
import { header } from "../rawRequest.ts"
import { invalidArgument, notImplemented } from "../S3Failure.ts"
import { existingVersion } from "../versions.ts"

export const copySourceHeader = "x-amz-copy-source"

export const copySourceConditions = ["match", "none-match", "modified-since", "unmodified-since"].map(
  (condition) => `${copySourceHeader}-if-${condition}`
)

export interface CopySource {
  readonly bucket: string
  readonly stored: StoredObject
}

/** The header is percent-encoded, with or without a leading slash, and may name a version. */
export const readCopySource = ({ request, buckets, allows }: Call): CopySource => {
  const value = header(request, copySourceHeader) ?? ""
  const [place = "", versionId] = value.split("?versionId=")
  if (place.includes("?")) throw notImplemented({ Header: copySourceHeader })
  const found = /^\/?([^/]+)\/(.+)$/s.exec(decodeText(place))
  if (found === null)
    throw invalidArgument(
      copySourceHeader,
      value,
      "Copy Source must mention the source bucket and key: sourcebucket/sourcekey"
    )
  const bucket = found[1]!
  if (!allows(bucket, "read")) throw accessDenied()
  const from = existingBucket(buckets, bucket)
  const stored =
    versionId === undefined ? existingObject(from, found[2]!) : existingVersion(from, found[2]!, decodeText(versionId))
  checkCustomerKey(stored.customerKey, readCustomerKey(request, true))
  checkCopySource(request, stored)
  return { bucket, stored }
}
