/** https://cloud.google.com/storage/docs/json_api/v1/objects/delete */
import { empty } from "../Answer.ts"
import { deleteObject as removeObject } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { checkPreconditions, preconditionNames, readPreconditions } from "../preconditions.ts"
import { addressed, readGeneration } from "./addressed.ts"

export const deleteObject: Operation = {
  name: "objects.delete",
  method: "DELETE",
  route: "/storage/v1/b/{bucket}/o/{object}",
  permits: [...preconditionNames, "generation"],
  run: (call) => {
    const { bucket, stored } = addressed(call, "storage.objects.delete")
    checkPreconditions(readPreconditions(call.request), stored)
    removeObject(bucket, stored.name, readGeneration(call), call.now)
    return empty(204)
  }
}
