/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
import { xmlAnswer } from "../Answer.ts"
import { checkCustomerKey, customerKeyHeaders, readCustomerKey, sourceKeyHeaders } from "../customerKey.ts"
import { crc32Base64 } from "../integrity.ts"
import { etagIn, existingUpload } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { header, parameter } from "../rawRequest.ts"
import { invalidArgument } from "../S3Failure.ts"
import { document, element } from "../xml.ts"
import { copySourceConditions, copySourceHeader, readCopySource } from "./copySource.ts"
import { readPartNumber } from "./uploadPart.ts"

const rangeHeader = "x-amz-copy-source-range"

/** Unlike Range, both ends are mandatory and must lie inside the source. */
const slice = (body: Buffer, value: string | undefined): Buffer => {
  if (value === undefined) return body
  const found = /^bytes=(\d+)-(\d+)$/.exec(value)
  const [start, end] = [Number(found?.[1]), Number(found?.[2])]
  if (found === null || start > end || end >= body.length)
    throw invalidArgument(rangeHeader, value, `Range specified is not valid for source object of size: ${body.length}`)
  return body.subarray(start, end + 1)
}

export const uploadPartCopy: Operation = {
  name: "UploadPartCopy",
  method: "PUT",
  level: "object",
  requires: ["partNumber", "uploadId"],
  permits: [],
  requiresHeader: copySourceHeader,
  headers: [...copySourceConditions, rangeHeader, ...customerKeyHeaders, ...sourceKeyHeaders],
  access: "write",
  run: (call) => {
    const { request, target, bucket, now } = call
    const number = readPartNumber(request)
    const upload = existingUpload(bucket(), target.key, parameter(request, "uploadId") ?? "")
    checkCustomerKey(upload.attributes.customerKey, readCustomerKey(request))
    const body = slice(readCopySource(call).stored.body, header(request, rangeHeader))
    const etag = etagIn(bucket(), body)
    const crc32 = upload.crc32 ? crc32Base64(body) : undefined
    upload.parts.set(number, { body, etag, crc32 })
    return xmlAnswer(
      document("CopyPartResult", [
        element("LastModified", new Date(now).toISOString()),
        element("ETag", etag),
        ...(crc32 === undefined ? [] : [element("ChecksumCRC32", crc32)])
      ])
    )
  }
}
