/** https://cloud.google.com/storage/docs/json_api/v1/objects/insert, the bytes alone. */
import { parseHashHeader } from "../checksums.ts"
import { finishInsertion, insertParameters, readInsertion } from "../insert.ts"
import type { Operation } from "../Operation.ts"
import { header } from "../rawRequest.ts"

export const insertMedia: Operation = {
  name: "objects.insertMedia",
  method: "POST",
  route: "/upload/storage/v1/b/{bucket}/o",
  requires: ["uploadType=media", "name"],
  permits: insertParameters,
  run: (call) => {
    const insertion = readInsertion(call, {}, header(call.request, "content-type"))
    const sums = parseHashHeader(header(call.request, "x-goog-hash"))
    return finishInsertion(call, { ...insertion, sums }, call.request.body)
  }
}
