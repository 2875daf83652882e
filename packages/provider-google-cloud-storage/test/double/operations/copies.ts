/** What rewrites and copies have in common: two objects, two sets of conditions, and the resource of the new one. */
import { jsonBody, readAttributes, type Sent } from "../attributes.ts"
import { checkInsertion } from "../insert.ts"
import { checkObjectName } from "../names.ts"
import type { Bucket, NewObject, StoredObject } from "../objects.ts"
import type { Call } from "../Operation.ts"
import { checkPreconditions, preconditionNames, readPreconditions } from "../preconditions.ts"
import { readPredefinedAcl } from "../predefinedAcl.ts"
import { existingObject, readGeneration } from "./addressed.ts"

export const copyParameters = [
  ...preconditionNames,
  ...preconditionNames.map((name) => name.replace(/^if/, "ifSource")),
  "sourceGeneration",
  "destinationPredefinedAcl",
  "projection"
]

export interface Copy {
  readonly source: Bucket
  readonly stored: StoredObject
  readonly target: Bucket
  readonly object: NewObject
}

/** A resource that is sent replaces all attributes; without one they are the source's, but for its class. */
export const readCopy = (
  call: Call,
  sent: Sent = jsonBody(call.request),
  generation = readGeneration(call, "sourceGeneration")
): Copy => {
  const { request, at, access } = call
  const name = at["target"]!
  checkObjectName(name)
  const { bucket: source, stored } = existingObject(
    call,
    "storage.objects.get",
    at["bucket"]!,
    at["object"]!,
    generation
  )
  const target = access.bucket(at["targetBucket"]!)
  const { storageClass: _class, ...attributes } = stored.attributes
  const publicRead = readPredefinedAcl(request, target, "destinationPredefinedAcl")
  checkPreconditions(readPreconditions(request, "ifSource"), stored)
  checkInsertion(call, target, name, readPreconditions(request))
  const written = Object.keys(sent).length === 0 ? attributes : readAttributes(sent)
  const composed = stored.componentCount === undefined ? {} : { componentCount: stored.componentCount }
  return { source, stored, target, object: { name, body: stored.body, attributes: written, publicRead, ...composed } }
}
