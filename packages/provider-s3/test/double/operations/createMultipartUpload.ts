/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
import { xmlAnswer } from "../Answer.ts"
import { attributeHeaders, readAttributes } from "../objectAttributes.ts"
import { newUpload } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { document, element } from "../xml.ts"

export const createMultipartUpload: Operation = {
  name: "CreateMultipartUpload",
  method: "POST",
  level: "object",
  requires: ["uploads"],
  permits: [],
  headers: attributeHeaders,
  access: "write",
  run: ({ request, target, bucket, now }) =>
    xmlAnswer(
      document("InitiateMultipartUploadResult", [
        element("Bucket", target.bucket),
        element("Key", target.key),
        element("UploadId", newUpload(bucket(), target.key, readAttributes(request), now).id)
      ])
    )
}
