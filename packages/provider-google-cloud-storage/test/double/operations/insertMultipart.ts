/** https://cloud.google.com/storage/docs/uploading-objects#uploading-an-object, the resource and the bytes in two parts. */
import { parseObject } from "../attributes.ts"
import { finishInsertion, insertParameters, readInsertion } from "../insert.ts"
import { readParts } from "../multipart.ts"
import type { Operation } from "../Operation.ts"
import { header } from "../rawRequest.ts"
import { invalid } from "../Refusal.ts"

export const insertMultipart: Operation = {
  name: "objects.insertMultipart",
  method: "POST",
  route: "/upload/storage/v1/b/{bucket}/o",
  requires: ["uploadType=multipart"],
  permits: insertParameters,
  run: (call) => {
    const [resource, media, ...more] = readParts(call.request, "related")
    if (resource === undefined || media === undefined || more.length > 0)
      throw invalid("Multipart must have two parts, the resource and the bytes.")
    if (!/^application\/json(\s*;|$)/i.test(header(resource, "content-type") ?? ""))
      throw invalid("The first part is not declared as JSON.")
    const insertion = readInsertion(call, parseObject(resource.body.toString()), header(media, "content-type"))
    return finishInsertion(call, insertion, media.body)
  }
}
