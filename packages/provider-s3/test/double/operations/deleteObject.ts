/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html: a missing key is a success. */
import { empty } from "../Answer.ts"
import type { Operation } from "../Operation.ts"
import { checkDelete } from "../preconditions.ts"
import { parameter } from "../rawRequest.ts"
import { removeObject, removeVersion } from "../versions.ts"

export const deleteObject: Operation = {
  name: "DeleteObject",
  method: "DELETE",
  level: "object",
  requires: [],
  permits: ["versionId"],
  headers: [],
  access: "write",
  run: ({ request, target, bucket, now }) => {
    const from = bucket()
    const versionId = parameter(request, "versionId")
    if (versionId !== undefined) return empty(204, removeVersion(from, target.key, versionId))
    checkDelete(request, from.objects.get(target.key))
    return empty(204, removeObject(from, target.key, now))
  }
}
