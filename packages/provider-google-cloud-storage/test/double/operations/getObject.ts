/** https://cloud.google.com/storage/docs/json_api/v1/objects/get, the resource. */
import { empty, jsonAnswer } from "../Answer.ts"
import type { Operation } from "../Operation.ts"
import { notModified, preconditionNames, readPreconditions } from "../preconditions.ts"
import { objectResource } from "../resources.ts"
import { addressed } from "./addressed.ts"

export const getObject: Operation = {
  name: "objects.get",
  method: "GET",
  route: "/storage/v1/b/{bucket}/o/{object}",
  permits: [...preconditionNames, "generation", "projection"],
  run: (call) => {
    const { bucket, stored } = addressed(call, "storage.objects.get")
    if (notModified(readPreconditions(call.request), stored)) return empty(304)
    return jsonAnswer(objectResource(call.origin, bucket, stored))
  }
}
