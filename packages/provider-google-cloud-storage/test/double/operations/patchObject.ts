/** https://cloud.google.com/storage/docs/json_api/v1/objects/patch */
import { jsonAnswer } from "../Answer.ts"
import { jsonBody, patchAttributes } from "../attributes.ts"
import { replaceState } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { checkPreconditions, preconditionNames, readPreconditions } from "../preconditions.ts"
import { readPredefinedAcl } from "../predefinedAcl.ts"
import { parameter } from "../rawRequest.ts"
import { objectResource } from "../resources.ts"
import { addressed } from "./addressed.ts"

export const patchObject: Operation = {
  name: "objects.patch",
  method: "PATCH",
  route: "/storage/v1/b/{bucket}/o/{object}",
  permits: [...preconditionNames, "generation", "predefinedAcl", "projection"],
  run: (call) => {
    const { request, origin, now } = call
    const { bucket, stored } = addressed(call, "storage.objects.update")
    checkPreconditions(readPreconditions(request), stored)
    const isPublic = readPredefinedAcl(request, bucket)
    const patched = {
      ...stored,
      attributes: patchAttributes(stored.attributes, jsonBody(request)),
      publicRead: parameter(request, "predefinedAcl") === undefined ? stored.publicRead : isPublic,
      metageneration: stored.metageneration + 1,
      updated: now
    }
    replaceState(bucket, patched)
    return jsonAnswer(objectResource(origin, bucket, patched))
  }
}
