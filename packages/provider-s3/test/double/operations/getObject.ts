/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html and HeadObject, which is the same without body. */
import { empty, type Answer } from "../Answer.ts"
import { readRange } from "../byteRange.ts"
import { checkCustomerKey, customerKeyHeaders, readCustomerKey } from "../customerKey.ts"
import { attributeAnswer } from "../objectAttributes.ts"
import { existingObject, type StoredObject } from "../objects.ts"
import type { Call, Operation } from "../Operation.ts"
import { notModified } from "../preconditions.ts"
import { header, parameter } from "../rawRequest.ts"
import { S3Failure } from "../S3Failure.ts"
import { existingVersion } from "../versions.ts"

const overrides = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires"
]

const archives = ["GLACIER", "DEEP_ARCHIVE"]

const storedOf = ({ request, target, bucket }: Call): StoredObject => {
  const versionId = parameter(request, "versionId")
  return versionId === undefined
    ? existingObject(bucket(), target.key)
    : existingVersion(bucket(), target.key, versionId)
}

const run = (call: Call): Answer => {
  const { request } = call
  const stored = storedOf(call)
  checkCustomerKey(stored.customerKey, readCustomerKey(request))
  if (request.method === "GET" && archives.includes(stored.system["x-amz-storage-class"] ?? ""))
    throw new S3Failure(403, "InvalidObjectState", "The operation is not valid for the object's storage class")
  const headers = attributeAnswer(stored)
  if (notModified(request, stored)) return empty(304, headers)
  for (const name of overrides) headers[name] = parameter(request, `response-${name}`) ?? headers[name] ?? ""
  const told = Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => value !== "" || name.startsWith("x-amz-meta-"))
  )
  const range = readRange(header(request, "range"), stored.body.length)
  if (range === undefined) return { status: 200, headers: told, body: stored.body }
  return {
    status: 206,
    headers: { ...told, "content-range": `bytes ${range.start}-${range.end}/${stored.body.length}` },
    body: stored.body.subarray(range.start, range.end + 1)
  }
}

const shared = {
  level: "object",
  requires: [],
  permits: ["versionId", ...overrides.map((name) => `response-${name}`)],
  headers: ["x-amz-checksum-mode", ...customerKeyHeaders],
  access: "read",
  run
} as const

export const getObject: Operation = { name: "GetObject", method: "GET", ...shared }

export const headObject: Operation = { name: "HeadObject", method: "HEAD", ...shared }
