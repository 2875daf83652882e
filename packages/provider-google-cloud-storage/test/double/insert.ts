/** What the three kinds of uploads have in common: permissions, conditions, and the object that comes of them. */
import { jsonAnswer, type Answer } from "./Answer.ts"
import { readAttributes, type Sent } from "./attributes.ts"
import { checkSums, type Checksums } from "./checksums.ts"
import { checkObjectName } from "./names.ts"
import { liveObject, storeObject, type Bucket, type NewObject } from "./objects.ts"
import type { Call } from "./Operation.ts"
import { checkPreconditions, preconditionNames, readPreconditions, type Preconditions } from "./preconditions.ts"
import { readPredefinedAcl } from "./predefinedAcl.ts"
import { parameter } from "./rawRequest.ts"
import { invalid, required } from "./Refusal.ts"
import { objectResource } from "./resources.ts"

/** Parameters of every upload. */
export const insertParameters = [...preconditionNames, "name", "contentEncoding", "predefinedAcl", "projection"]

export interface Insertion {
  readonly bucket: Bucket
  readonly object: Omit<NewObject, "body">
  readonly conditions: Preconditions
  readonly sums: Checksums
}

const textOf = (sent: Sent, name: string): string | undefined => {
  const value = sent[name]
  if (value !== undefined && typeof value !== "string") throw invalid(`The field ${name} is a text.`)
  return value
}

/** Refuses what the caller may not: an object that replaces another needs the right to delete. */
export const checkInsertion = (call: Call, bucket: Bucket, name: string, conditions: Preconditions): void => {
  call.access.require("storage.objects.create", bucket)
  const live = liveObject(bucket, name)
  checkPreconditions(conditions, live)
  if (live !== undefined) call.access.require("storage.objects.delete", bucket)
}

/** Reads the request; `contentType` is of the bytes where the resource that was sent does not say it. */
export const readInsertion = (call: Call, sent: Sent, contentType: string | undefined): Insertion => {
  const { request } = call
  const bucket = call.access.bucket(call.at["bucket"]!)
  const name = parameter(request, "name") ?? textOf(sent, "name")
  if (name === undefined) throw required("name")
  checkObjectName(name)
  if ((textOf(sent, "bucket") ?? bucket.name) !== bucket.name) throw invalid("The resource names another bucket.")
  const encoding = parameter(request, "contentEncoding")
  const attributes = readAttributes({
    ...(contentType !== undefined && { contentType }),
    ...sent,
    ...(encoding !== undefined && { contentEncoding: encoding })
  })
  const conditions = readPreconditions(request)
  const publicRead = readPredefinedAcl(request, bucket)
  checkInsertion(call, bucket, name, conditions)
  return {
    bucket,
    object: { name, attributes, publicRead },
    conditions,
    sums: { md5Hash: textOf(sent, "md5Hash"), crc32c: textOf(sent, "crc32c") }
  }
}

/** Stores what came, and answers its resource. */
export const finishInsertion = (
  { origin, now }: Pick<Call, "origin" | "now">,
  { bucket, object, conditions, sums }: Insertion,
  body: Buffer
): Answer => {
  checkSums(body, sums)
  checkPreconditions(conditions, liveObject(bucket, object.name))
  return jsonAnswer(objectResource(origin, bucket, storeObject(bucket, { ...object, body }, now)))
}
