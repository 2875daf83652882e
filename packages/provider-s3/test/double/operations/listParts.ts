/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html: in the order of their numbers. */
import { xmlAnswer } from "../Answer.ts"
import { customerKeyHeaders } from "../customerKey.ts"
import { existingUpload } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { parameter } from "../rawRequest.ts"
import { document, element } from "../xml.ts"
import { readLimit } from "./listingParameters.ts"

export const listParts: Operation = {
  name: "ListParts",
  method: "GET",
  level: "object",
  requires: ["uploadId"],
  permits: ["max-parts", "part-number-marker"],
  headers: [...customerKeyHeaders],
  access: "read",
  run: ({ request, target, bucket, pageSize }) => {
    const upload = existingUpload(bucket(), target.key, parameter(request, "uploadId") ?? "")
    const limit = Math.min(readLimit(request, "max-parts"), pageSize)
    const marker = Number(parameter(request, "part-number-marker") ?? "0")
    const rest = [...upload.parts].toSorted(([left], [right]) => left - right).filter(([number]) => number > marker)
    const page = rest.slice(0, limit)
    return xmlAnswer(
      document("ListPartsResult", [
        element("Bucket", target.bucket),
        element("Key", target.key),
        element("UploadId", upload.id),
        element("PartNumberMarker", marker),
        ...(page.length < rest.length ? [element("NextPartNumberMarker", page.at(-1)![0])] : []),
        element("MaxParts", limit),
        element("IsTruncated", page.length < rest.length),
        ...page.map(([number, { body, etag, crc32 }]) =>
          element("Part", [
            element("PartNumber", number),
            element("ETag", etag),
            element("Size", body.length),
            ...(crc32 === undefined ? [] : [element("ChecksumCRC32", crc32)])
          ])
        )
      ])
    )
  }
}
