/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html: sizes are judged at completion. */
import { empty } from "../Answer.ts"
import { checkCustomerKey, customerKeyHeaders, readCustomerKey } from "../customerKey.ts"
import { checkIntegrity, integrityHeaders } from "../integrity.ts"
import { etagIn, existingUpload } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { header, parameter, type RawRequest } from "../rawRequest.ts"
import { invalidArgument, S3Failure } from "../S3Failure.ts"
import { checkLength } from "../verifySignature.ts"

/** 1 to 10,000. */
export const readPartNumber = (request: RawRequest): number => {
  const given = parameter(request, "partNumber") ?? ""
  const number = /^\d{1,5}$/.test(given) ? Number(given) : 0
  if (number < 1 || number > 10_000)
    throw invalidArgument("partNumber", given, "Part number must be an integer between 1 and 10000, inclusive")
  return number
}

export const uploadPart: Operation = {
  name: "UploadPart",
  method: "PUT",
  level: "object",
  requires: ["partNumber", "uploadId"],
  permits: [],
  headers: [...integrityHeaders, ...customerKeyHeaders],
  access: "write",
  run: ({ request, target, bucket }) => {
    checkLength(request)
    const number = readPartNumber(request)
    const upload = existingUpload(bucket(), target.key, parameter(request, "uploadId") ?? "")
    checkCustomerKey(upload.attributes.customerKey, readCustomerKey(request))
    checkIntegrity(request)
    const crc32 = header(request, "x-amz-checksum-crc32")
    if (upload.crc32 !== (crc32 !== undefined))
      throw new S3Failure(400, "InvalidRequest", "Checksum Type mismatch occurred: the upload was begun with another.")
    const etag = etagIn(bucket(), request.body)
    upload.parts.set(number, { body: request.body, etag, crc32 })
    return empty(200, { etag, ...(crc32 !== undefined && { "x-amz-checksum-crc32": crc32 }) })
  }
}
