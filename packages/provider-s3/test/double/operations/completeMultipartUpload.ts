/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
import { randomBytes } from "node:crypto"
import { xmlAnswer } from "../Answer.ts"
import { existingUpload, md5, storeObject, type MultipartUpload } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { fields, malformedXml, parseXml, required } from "../parseXml.ts"
import { checkWrite } from "../preconditions.ts"
import { parameter } from "../rawRequest.ts"
import { S3Failure } from "../S3Failure.ts"
import { document, element } from "../xml.ts"

const readParts = (body: Uint8Array) => {
  const listed = parseXml(body, "CompleteMultipartUpload").children
  if (listed.length === 0 || listed.length > 10_000 || listed.some(({ name }) => name !== "Part")) throw malformedXml()
  return listed.map((one) => {
    const values = fields(one, ["PartNumber", "ETag", "ChecksumCRC32"])
    const [number, etag] = [Number(required(values, "PartNumber")), required(values, "ETag").replace(/"/g, "")]
    return { number, etag, crc32: values.get("ChecksumCRC32") }
  })
}

/** In ascending order, each one uploaded with that ETag, each but the last large enough. */
const checkParts = (parts: ReturnType<typeof readParts>, upload: MultipartUpload, minimum: number) => {
  if (parts.some(({ number }, index) => index > 0 && number <= parts[index - 1]!.number))
    throw new S3Failure(
      400,
      "InvalidPartOrder",
      "The list of parts was not in ascending order. Parts must be ordered by part number."
    )
  if (upload.crc32 && parts.some(({ crc32 }) => crc32 === undefined))
    throw new S3Failure(
      400,
      "InvalidRequest",
      "The upload was created using a crc32 checksum. The complete request must include the checksum for each part."
    )
  return parts.map(({ number, etag, crc32 }, index) => {
    const part = upload.parts.get(number)
    const elements = { PartNumber: String(number), ETag: etag }
    if (part?.etag !== `"${etag}"` || part.crc32 !== crc32)
      throw new S3Failure(400, "InvalidPart", "One or more of the specified parts could not be found.", {
        elements: { UploadId: upload.id, ...elements }
      })
    if (index < parts.length - 1 && part.body.length < minimum)
      throw new S3Failure(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", {
        elements: { ProposedSize: String(part.body.length), MinSizeAllowed: String(minimum), ...elements }
      })
    return part
  })
}

/** The ETag is the MD5 of the parts' binary MD5s, a hyphen and their number. */
export const completeMultipartUpload: Operation = {
  name: "CompleteMultipartUpload",
  method: "POST",
  level: "object",
  requires: ["uploadId"],
  permits: [],
  headers: [],
  access: "write",
  run: ({ request, target, bucket, now, minimumPartSize }) => {
    const into = bucket()
    const upload = existingUpload(into, target.key, parameter(request, "uploadId") ?? "")
    const listed = readParts(request.body)
    if (into.directory === true && listed.some(({ number }, index) => number !== index + 1))
      throw new S3Failure(400, "InvalidPart", "Part numbers of a directory bucket must be consecutive from 1.")
    const parts = checkParts(listed, upload, minimumPartSize)
    checkWrite(request, target.key, into.objects.get(target.key))
    const whole = into.directory === true ? randomBytes(16) : Buffer.concat(parts.map(({ body }) => md5(body)))
    const digest = md5(whole).toString("hex")
    const body = Buffer.concat(parts.map((part) => part.body))
    const stored = storeObject(into, target.key, body, upload.attributes, now, `"${digest}-${parts.length}"`)
    into.uploads.delete(upload.id)
    return xmlAnswer(
      document("CompleteMultipartUploadResult", [
        element("Location", request.path),
        element("Bucket", target.bucket),
        element("Key", target.key),
        element("ETag", stored.etag)
      ]),
      stored.versionId === undefined ? {} : { "x-amz-version-id": stored.versionId }
    )
  }
}
