/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
import { xmlAnswer } from "../Answer.ts"
import { sourceKeyHeaders } from "../customerKey.ts"
import { attributeHeaders, readAttributes } from "../objectAttributes.ts"
import { storeObject } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { checkWrite } from "../preconditions.ts"
import { header } from "../rawRequest.ts"
import { invalidArgument, S3Failure } from "../S3Failure.ts"
import { document, element } from "../xml.ts"
import { copySourceConditions, copySourceHeader, readCopySource } from "./copySource.ts"

export const copyObject: Operation = {
  name: "CopyObject",
  method: "PUT",
  level: "object",
  requires: [],
  permits: [],
  requiresHeader: copySourceHeader,
  headers: [...attributeHeaders, ...copySourceConditions, ...sourceKeyHeaders, "x-amz-metadata-directive"],
  access: "write",
  run: (call) => {
    const { request, target, bucket, now } = call
    const directive = header(request, "x-amz-metadata-directive") ?? "COPY"
    if (directive !== "COPY" && directive !== "REPLACE")
      throw invalidArgument("x-amz-metadata-directive", directive, "Unknown metadata directive.")
    const source = readCopySource(call)
    const destination = bucket()
    const given = readAttributes(request)
    const isItself = source.bucket === target.bucket && source.stored.key === target.key
    if (isItself && directive === "COPY" && !Object.keys(given.system).some((name) => name.startsWith("x-amz-")))
      throw new S3Failure(
        400,
        "InvalidRequest",
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes."
      )
    checkWrite(request, target.key, destination.objects.get(target.key))
    const kept = Object.fromEntries(Object.entries(source.stored.system).filter(([name]) => !name.startsWith("x-amz-")))
    const attributes =
      directive === "REPLACE"
        ? given
        : {
            ...source.stored,
            publicRead: given.publicRead ?? false,
            customerKey: given.customerKey,
            system: { ...kept, ...given.system }
          }
    const stored = storeObject(destination, target.key, source.stored.body, attributes, now)
    return xmlAnswer(
      document("CopyObjectResult", [
        element("LastModified", new Date(stored.lastModified).toISOString()),
        element("ETag", stored.etag)
      ])
    )
  }
}
