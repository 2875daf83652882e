/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html: a missing key is a success. */
import { empty } from "../Answer.ts"
import type { Operation } from "../Operation.ts"
import { checkDelete } from "../preconditions.ts"

export const deleteObject: Operation = {
  name: "DeleteObject",
  method: "DELETE",
  level: "object",
  requires: [],
  permits: [],
  headers: [],
  access: "write",
  run: ({ request, target, bucket }) => {
    const { objects } = bucket()
    checkDelete(request, objects.get(target.key))
    objects.delete(target.key)
    return empty(204)
  }
}
