/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html and HeadObject, which is the same without body. */
import { empty, type Answer } from "../Answer.ts"
import { readRange } from "../byteRange.ts"
import { attributeAnswer } from "../objectAttributes.ts"
import { existingObject } from "../objects.ts"
import type { Call, Operation } from "../Operation.ts"
import { notModified } from "../preconditions.ts"
import { header, parameter } from "../rawRequest.ts"

const overrides = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires"
]

const run = ({ request, target, bucket }: Call): Answer => {
  const stored = existingObject(bucket(), target.key)
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
  permits: overrides.map((name) => `response-${name}`),
  headers: ["x-amz-checksum-mode"],
  access: "read",
  run
} as const

export const getObject: Operation = { name: "GetObject", method: "GET", ...shared }

export const headObject: Operation = { name: "HeadObject", method: "HEAD", ...shared }
