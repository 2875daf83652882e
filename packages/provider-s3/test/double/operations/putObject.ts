/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
import { empty } from "../Answer.ts"
import { checkIntegrity, integrityHeaders } from "../integrity.ts"
import { attributeAnswer, attributeHeaders, readAttributes } from "../objectAttributes.ts"
import { storeObject } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { checkWrite } from "../preconditions.ts"
import { checkLength } from "../verifySignature.ts"

export const putObject: Operation = {
  name: "PutObject",
  method: "PUT",
  level: "object",
  requires: [],
  permits: [],
  headers: [...attributeHeaders, ...integrityHeaders],
  access: "write",
  run: ({ request, target, bucket, now }) => {
    checkLength(request)
    checkIntegrity(request)
    checkWrite(request, target.key, bucket().objects.get(target.key))
    const stored = storeObject(bucket(), target.key, request.body, readAttributes(request), now)
    const told = Object.entries(attributeAnswer(stored)).filter(
      ([name]) => name === "etag" || name === "x-amz-version-id" || name.startsWith("x-amz-server-side-encryption")
    )
    return empty(200, Object.fromEntries(told))
  }
}
