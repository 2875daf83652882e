/**
 * A chunk of an upload, or the question what has come of it. The address of the upload is all that it takes.
 *
 * Source: https://cloud.google.com/storage/docs/performing-resumable-uploads
 */
import { empty, jsonAnswer, type Answer } from "../Answer.ts"
import { parseHashHeader } from "../checksums.ts"
import { finishInsertion } from "../insert.ts"
import { existingBucket, findObject } from "../objects.ts"
import type { Call, Operation } from "../Operation.ts"
import { header, parameter } from "../rawRequest.ts"
import { invalidChunk, notFound, Refusal } from "../Refusal.ts"
import { objectResource } from "../resources.ts"
import type { Upload } from "../uploads.ts"
import { readContentRange } from "./contentRange.ts"

const quantum = 256 * 1024

const existingUpload = ({ request, uploads, now, at }: Call): readonly [id: string, Upload] => {
  const id = parameter(request, "upload_id")!
  const upload = uploads.get(id)
  if (upload === undefined || upload.bucket !== at["bucket"]) throw notFound("Not Found")
  if (upload.state === "cancelled") throw new Refusal(499, "clientClosedRequest", "The upload was cancelled.")
  if (now >= upload.expires) throw new Refusal(410, "gone", "The upload has expired.")
  return [id, upload]
}

/** What has come; without a range where nothing has. */
const incomplete = ({ body }: Upload): Answer =>
  empty(308, body.length === 0 ? {} : { range: `bytes=0-${body.length - 1}` })

const finished = ({ origin, buckets }: Call, { bucket: name, object }: Upload, generation: string): Answer => {
  const bucket = existingBucket(buckets, name)
  const stored = findObject(bucket, object.name, generation)
  if (stored === undefined) throw notFound("Not Found")
  return jsonAnswer(objectResource(origin, bucket, stored))
}

const finish = (call: Call, upload: Upload): Answer => {
  const bucket = existingBucket(call.buckets, upload.bucket)
  const sums = { ...upload.sums, ...parseHashHeader(header(call.request, "x-goog-hash")) }
  try {
    const answer = finishInsertion(
      call,
      { bucket, object: upload.object, conditions: upload.conditions, sums },
      upload.body
    )
    upload.state = { generation: String(JSON.parse(String(answer.body)).generation) }
    return answer
  } catch (refusal) {
    upload.state = "cancelled"
    throw refusal
  }
}

/** The bytes that had not come yet; those that had are passed over. */
const append = (upload: Upload, start: number, bytes: Buffer): void => {
  const have = upload.body.length
  if (start > have)
    throw invalidChunk(
      `Invalid request. According to the Content-Range header, the upload offset is ${start} byte(s), which exceeds ` +
        `already uploaded size of ${have} byte(s).`
    )
  upload.body = Buffer.concat([upload.body, bytes.subarray(have - start)])
}

const run = (call: Call): Answer => {
  const { request } = call
  const [, upload] = existingUpload(call)
  const { start, total } = readContentRange(header(request, "content-range"), request.body.length)
  if (typeof upload.state === "object") return finished(call, upload, upload.state.generation)
  if (total !== undefined && upload.total !== undefined && total !== upload.total)
    throw invalidChunk("Invalid request. The total size differs from what was said before.")
  const whole = total ?? upload.total
  const openEnd = header(request, "content-range")?.endsWith("-*/*") === true
  if (start !== undefined) {
    const last = openEnd || (whole !== undefined && start + request.body.length === whole)
    if (!last && (request.body.length % quantum !== 0 || request.body.length === 0))
      throw invalidChunk(
        "Invalid request. The number of bytes uploaded is required to be equal or greater than 262144, except for the " +
          "final request (it's recommended to be the exact multiple of 262144). The received request contained " +
          `${request.body.length} bytes, which does not meet this requirement.`
      )
    append(upload, start, request.body)
  }
  upload.total = whole
  const complete = openEnd || (whole !== undefined && upload.body.length === whole)
  return complete ? finish(call, upload) : incomplete(upload)
}

/** Takes the first bytes of a chunk whose connection then broke. */
export const receiveSome = (call: Call, count: number): void => {
  const [, upload] = existingUpload(call)
  const { start = 0 } = readContentRange(header(call.request, "content-range"), call.request.body.length)
  append(upload, start, call.request.body.subarray(0, count))
}

const shared = {
  route: "/upload/storage/v1/b/{bucket}/o",
  requires: ["upload_id"],
  permits: ["uploadType", "name"],
  authentication: "none"
} as const

export const putUpload: Operation = { name: "uploads.put", method: "PUT", ...shared, run }

/** https://cloud.google.com/storage/docs/performing-resumable-uploads#cancel-upload */
export const cancelUpload: Operation = {
  name: "uploads.cancel",
  method: "DELETE",
  ...shared,
  run: (call) => {
    const [id, upload] = existingUpload(call)
    if (typeof upload.state === "object") throw notFound("Not Found")
    call.uploads.set(id, { ...upload, state: "cancelled" })
    return empty(499)
  }
}
