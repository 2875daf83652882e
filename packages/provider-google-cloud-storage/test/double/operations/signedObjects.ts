/**
 * What signed URLs reach: objects of the XML API.
 *
 * Source: https://cloud.google.com/storage/docs/xml-api/reference-methods
 */
import { empty, type Answer } from "../Answer.ts"
import { checkSums, parseHashHeader } from "../checksums.ts"
import { checkInsertion } from "../insert.ts"
import { checkObjectName } from "../names.ts"
import { deleteObject, storeObject, type ObjectAttributes } from "../objects.ts"
import type { Call, Operation } from "../Operation.ts"
import { header, parameter, type RawRequest } from "../rawRequest.ts"
import { addressed, readGeneration } from "./addressed.ts"
import { mediaAnswer } from "./media.ts"

const overrides = ["response-content-disposition", "response-content-type"]

const read = (call: Call): Answer => {
  const { stored } = addressed(call, "storage.objects.get")
  const answer = mediaAnswer(call.request, stored)
  const told = overrides.flatMap((name) => {
    const value = parameter(call.request, name)
    return value === undefined ? [] : [[name.slice("response-".length), value]]
  })
  const metadata = Object.entries(stored.attributes.metadata ?? {}).map(([name, value]) => [
    `x-goog-meta-${name}`,
    value
  ])
  return { ...answer, headers: { ...answer.headers, ...Object.fromEntries([...metadata, ...told]) } }
}

const attributesOf = (request: RawRequest): ObjectAttributes => {
  const names = {
    contentType: "content-type",
    cacheControl: "cache-control",
    contentDisposition: "content-disposition",
    contentEncoding: "content-encoding",
    contentLanguage: "content-language"
  }
  const entries = Object.entries(names).map(([name, sent]) => [name, header(request, sent)])
  const metadata = request.headers
    .filter(([name]) => name.startsWith("x-goog-meta-"))
    .map(([name, value]) => [name.slice("x-goog-meta-".length), value])
  return {
    ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)),
    ...(metadata.length > 0 && { metadata: Object.fromEntries(metadata) })
  }
}

const write = (call: Call): Answer => {
  const { request, access, at, now } = call
  const bucket = access.bucket(at["bucket"]!)
  const name = at["object"]!
  checkObjectName(name)
  const generation = header(request, "x-goog-if-generation-match")
  checkInsertion(call, bucket, name, generation === undefined ? {} : { ifGenerationMatch: generation })
  const md5Hash = header(request, "content-md5")
  const sums = { ...(md5Hash !== undefined && { md5Hash }), ...parseHashHeader(header(request, "x-goog-hash")) }
  checkSums(request.body, sums)
  const stored = storeObject(bucket, { name, body: request.body, attributes: attributesOf(request) }, now)
  return empty(200, { "x-goog-generation": stored.generation, "x-goog-hash": `crc32c=${stored.crc32c}` })
}

const remove = (call: Call): Answer => {
  const { bucket, stored } = addressed(call, "storage.objects.delete")
  deleteObject(bucket, stored.name, readGeneration(call), call.now)
  return empty(204)
}

const shared = {
  route: "/{bucket}/{object...}",
  permits: [
    ...["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"].map((name) => `X-Goog-${name}`),
    ...overrides,
    "generation",
    "userProject"
  ],
  authentication: "signature"
} as const

export const signedOperations: ReadonlyArray<Operation> = [
  { name: "signed.get", method: "GET", ...shared, run: read },
  { name: "signed.put", method: "PUT", ...shared, run: write },
  { name: "signed.delete", method: "DELETE", ...shared, run: remove }
]
