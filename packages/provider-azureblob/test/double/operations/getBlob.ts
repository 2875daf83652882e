/**
 * Get Blob and Get Blob Properties.
 *
 * Sources: https://learn.microsoft.com/rest/api/storageservices/get-blob and
 * https://learn.microsoft.com/rest/api/storageservices/get-blob-properties
 */
import { AzureFailure } from "../AzureFailure.ts"
import { blobHeaders } from "../attributes.ts"
import { md5, requireOnline, type Blob } from "../blobs.ts"
import { checkReading } from "../conditions.ts"
import type { Call, Operation } from "../Operation.ts"
import { header } from "../rawRequest.ts"

const conditions = ["x-ms-lease-id", "x-ms-if-tags"]
const states = ["snapshot", "versionid"]

const isCurrent = ({ container, target }: Call, blob: Blob): boolean =>
  container().places.get(target.blob)?.current === blob

/** A copy under way is a step further with each look. */
const look = ({ container, target }: Call): void => {
  const place = container().places.get(target.blob)
  const copy = place?.current?.copy
  if (place?.current === undefined || copy?.status !== "pending") return
  copy.looks -= 1
  if (copy.looks > 0 || copy.result === undefined) return
  copy.status = "success"
  place.current = { ...place.current, ...copy.result.attributes, body: copy.result.body }
}

const getBlobProperties: Operation = {
  name: "GetBlobProperties",
  method: "HEAD",
  level: "blob",
  query: {},
  permits: states,
  headers: conditions,
  needs: ["r"],
  run: (call) => {
    look(call)
    const blob = call.blob()
    checkReading(call.request, blob)
    return {
      status: 200,
      headers: { ...blobHeaders(blob, isCurrent(call, blob)), "content-length": String(blob.body.byteLength) },
      body: ""
    }
  }
}

const outOfRange = (size: number) =>
  new AzureFailure(416, "InvalidRange", "The range specified is invalid for the current size of the resource.", {
    Size: String(size)
  })

const rangeIn = (text: string | undefined, size: number): readonly [start: number, end: number] | undefined => {
  const match = /^bytes=(\d+)-(\d*)$/.exec(text ?? "")
  // Ranges of another form are ignored.
  if (match === null) return undefined
  const start = Number(match[1])
  const end = match[2] === "" ? size - 1 : Math.min(Number(match[2]), size - 1)
  if (start >= size) throw outOfRange(size)
  return end < start ? undefined : [start, end]
}

const verifiable = 4 * 1024 * 1024

const getBlob: Operation = {
  name: "GetBlob",
  method: "GET",
  level: "blob",
  query: {},
  permits: states,
  headers: [...conditions, "x-ms-range", "x-ms-range-get-content-md5"],
  needs: ["r"],
  run: (call) => {
    const { request } = call
    const blob = call.blob()
    checkReading(request, blob)
    requireOnline(blob)
    const headers = blobHeaders(blob, isCurrent(call, blob))
    const range = rangeIn(header(request, "x-ms-range") ?? header(request, "range"), blob.body.byteLength)
    const digest = header(request, "x-ms-range-get-content-md5") === "true"
    if (digest && (range === undefined || range[1] - range[0] >= verifiable))
      throw new AzureFailure(400, "InvalidInput", "The MD5 of a range is computed for at most 4 MiB.")
    if (range === undefined) return { status: 200, headers, body: blob.body }
    const [start, end] = range
    const body = blob.body.subarray(start, end + 1)
    const { "content-md5": whole, ...others } = headers
    return {
      status: 206,
      headers: {
        ...others,
        "content-range": `bytes ${start}-${end}/${blob.body.byteLength}`,
        ...(whole !== undefined && { "x-ms-blob-content-md5": whole }),
        ...(digest && { "content-md5": md5(body) })
      },
      body
    }
  }
}

export const readingOperations = [getBlobProperties, getBlob]
