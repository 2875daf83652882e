/** https://cloud.google.com/storage/docs/json_api/v1/objects/copy */
import { jsonAnswer } from "../Answer.ts"
import { storeObject } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { objectResource } from "../resources.ts"
import { copyParameters, readCopy } from "./copies.ts"

export const copyObject: Operation = {
  name: "objects.copy",
  method: "POST",
  route: "/storage/v1/b/{bucket}/o/{object}/copyTo/b/{targetBucket}/o/{target}",
  permits: copyParameters,
  run: (call) => {
    const { target, object } = readCopy(call)
    return jsonAnswer(objectResource(call.origin, target, storeObject(target, object, call.now)))
  }
}
