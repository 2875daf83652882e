/** https://cloud.google.com/storage/docs/performing-resumable-uploads#initiate-session */
import { empty } from "../Answer.ts"
import { jsonBody } from "../attributes.ts"
import { insertParameters, readInsertion } from "../insert.ts"
import { randomId } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { header, type RawRequest } from "../rawRequest.ts"
import { invalid } from "../Refusal.ts"

const totalOf = (request: RawRequest): number | undefined => {
  const value = header(request, "x-upload-content-length")
  if (value !== undefined && !/^\d{1,15}$/.test(value))
    throw invalid("The header X-Upload-Content-Length is malformed.")
  return value === undefined ? undefined : Number(value)
}

export const beginUpload: Operation = {
  name: "uploads.begin",
  method: "POST",
  route: "/upload/storage/v1/b/{bucket}/o",
  requires: ["uploadType=resumable"],
  permits: insertParameters,
  run: (call) => {
    const { request, origin, uploads, now, sessionLifetime } = call
    const insertion = readInsertion(call, jsonBody(request), header(request, "x-upload-content-type"))
    const { bucket, object, conditions, sums } = insertion
    const id = randomId()
    const total = totalOf(request)
    const expires = now + sessionLifetime
    uploads.set(id, {
      bucket: bucket.name,
      object,
      conditions,
      sums,
      total,
      body: Buffer.alloc(0),
      expires,
      state: "open"
    })
    const query = new URLSearchParams({ uploadType: "resumable", name: object.name, upload_id: id })
    return empty(200, {
      location: `${origin}/upload/storage/v1/b/${encodeURIComponent(bucket.name)}/o?${query}`,
      "x-guploader-uploadid": id
    })
  }
}
