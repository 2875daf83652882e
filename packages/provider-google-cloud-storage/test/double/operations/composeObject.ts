/** https://cloud.google.com/storage/docs/json_api/v1/objects/compose */
import { jsonAnswer } from "../Answer.ts"
import { jsonBody, readAttributes, type Sent } from "../attributes.ts"
import { checkInsertion } from "../insert.ts"
import { checkObjectName } from "../names.ts"
import { storeObject, type StoredObject } from "../objects.ts"
import type { Call, Operation } from "../Operation.ts"
import { checkPreconditions, readPreconditions } from "../preconditions.ts"
import { readPredefinedAcl } from "../predefinedAcl.ts"
import { invalid, unknown } from "../Refusal.ts"
import { objectResource } from "../resources.ts"
import { existingObject } from "./addressed.ts"

interface Source {
  readonly name: string
  readonly generation?: string
  readonly objectPreconditions?: { readonly ifGenerationMatch?: string }
}

const most = 32

const sourcesOf = (sent: Sent): ReadonlyArray<Source> => {
  const sources = sent["sourceObjects"]
  if (!Array.isArray(sources) || sources.length === 0) throw invalid("You must provide at least one source component.")
  if (sources.length > most)
    throw invalid(`The number of source components provided (${sources.length}) exceeds the maximum (${most})`)
  for (const source of sources as ReadonlyArray<Sent>) {
    const extra = Object.keys(source).find((name) => !["name", "generation", "objectPreconditions"].includes(name))
    if (extra !== undefined) throw unknown(`the field sourceObjects.${extra}`)
    if (typeof source["name"] !== "string") throw invalid("A source has no name.")
  }
  return sources as ReadonlyArray<Source>
}

const resolve = (call: Call, { name, generation, objectPreconditions }: Source): StoredObject => {
  const { stored } = existingObject(call, "storage.objects.get", call.at["bucket"]!, name, generation)
  const { ifGenerationMatch } = objectPreconditions ?? {}
  if (ifGenerationMatch !== undefined) checkPreconditions({ ifGenerationMatch: String(ifGenerationMatch) }, stored)
  return stored
}

export const composeObject: Operation = {
  name: "objects.compose",
  method: "POST",
  route: "/storage/v1/b/{bucket}/o/{object}/compose",
  permits: ["ifGenerationMatch", "ifMetagenerationMatch", "destinationPredefinedAcl"],
  run: (call) => {
    const { request, access, at, origin, now } = call
    const sent = jsonBody(request)
    const extra = Object.keys(sent).find((name) => !["sourceObjects", "destination", "kind"].includes(name))
    if (extra !== undefined) throw unknown(`the field ${extra}`)
    const bucket = access.bucket(at["bucket"]!)
    const name = at["object"]!
    checkObjectName(name)
    const sources = sourcesOf(sent).map((source) => resolve(call, source))
    checkInsertion(call, bucket, name, readPreconditions(request))
    const object = {
      name,
      body: Buffer.concat(sources.map(({ body }) => body)),
      attributes: readAttributes((sent["destination"] ?? {}) as Sent),
      publicRead: readPredefinedAcl(request, bucket, "destinationPredefinedAcl"),
      componentCount: sources.reduce((count, { componentCount = 1 }) => count + componentCount, 0)
    }
    return jsonAnswer(objectResource(origin, bucket, storeObject(bucket, object, now)))
  }
}
