/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
import { empty } from "../Answer.ts"
import { existingUpload } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { parameter } from "../rawRequest.ts"

export const abortMultipartUpload: Operation = {
  name: "AbortMultipartUpload",
  method: "DELETE",
  level: "object",
  requires: ["uploadId"],
  permits: [],
  headers: [],
  access: "write",
  run: ({ request, target, bucket }) => {
    const { id } = existingUpload(bucket(), target.key, parameter(request, "uploadId") ?? "")
    bucket().uploads.delete(id)
    return empty(204)
  }
}
