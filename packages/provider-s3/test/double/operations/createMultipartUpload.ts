/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
import { xmlAnswer } from "../Answer.ts"
import { attributeHeaders, readAttributes } from "../objectAttributes.ts"
import { newUpload } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { header } from "../rawRequest.ts"
import { notImplemented } from "../S3Failure.ts"
import { document, element } from "../xml.ts"

const checksumHeader = "x-amz-checksum-algorithm"

export const createMultipartUpload: Operation = {
  name: "CreateMultipartUpload",
  method: "POST",
  level: "object",
  requires: ["uploads"],
  permits: [],
  headers: [...attributeHeaders, checksumHeader],
  access: "write",
  run: ({ request, target, bucket, now }) => {
    const algorithm = header(request, checksumHeader)
    if (algorithm !== undefined && algorithm !== "CRC32") throw notImplemented({ Header: checksumHeader })
    const upload = newUpload(bucket(), target.key, readAttributes(request), now, algorithm !== undefined)
    return xmlAnswer(
      document("InitiateMultipartUploadResult", [
        element("Bucket", target.bucket),
        element("Key", target.key),
        element("UploadId", upload.id)
      ])
    )
  }
}
