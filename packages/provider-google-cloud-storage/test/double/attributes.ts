/** The part of an object's resource that a client may set. */
import type { ObjectAttributes } from "./objects.ts"
import type { RawRequest } from "./rawRequest.ts"
import { invalid, unknown } from "./Refusal.ts"

/** A JSON object that was sent. */
export type Sent = Readonly<Record<string, unknown>>

/** The body as a JSON object; an empty one stands for `{}`. */
export const parseObject = (text: string): Sent => {
  try {
    const value: unknown = text === "" ? {} : JSON.parse(text)
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Sent
  } catch {
    // Refused below, as another value than an object.
  }
  throw invalid("Parse Error")
}

/** The body of a request, which must be declared as JSON if there is one. */
export const jsonBody = ({ body, headers }: RawRequest): Sent => {
  const type = headers.find(([name]) => name === "content-type")?.[1] ?? ""
  if (body.length > 0 && !/^application\/json(;|$)/i.test(type)) throw invalid("The body is not declared as JSON.")
  return parseObject(body.toString())
}

export const storageClasses = [
  "STANDARD",
  "NEARLINE",
  "COLDLINE",
  "ARCHIVE",
  "MULTI_REGIONAL",
  "REGIONAL",
  "DURABLE_REDUCED_AVAILABILITY"
]

const texts = [
  "contentType",
  "cacheControl",
  "contentDisposition",
  "contentEncoding",
  "contentLanguage",
  "customTime",
  "storageClass"
]

/** What says which object it is or what its bytes must be, and is looked at elsewhere. */
const elsewhere = ["name", "bucket", "md5Hash", "crc32c", "kind", "generation", "metageneration", "id"]

const metadataOf = (value: unknown): Readonly<Record<string, string>> => {
  const entries = Object.entries(value as object)
  const size = entries.reduce((sum, [name, one]) => sum + Buffer.byteLength(name) + Buffer.byteLength(String(one)), 0)
  if (entries.some(([, one]) => typeof one !== "string")) throw invalid("Metadata is a map of texts.")
  if (size > 8192) throw invalid("The total size of metadata keys and values is at most 8 KiB.")
  return Object.fromEntries(entries)
}

/** Reads a resource that creates an object. What cannot be set is refused. */
export const readAttributes = (sent: Sent): ObjectAttributes => {
  const attributes: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(sent)) {
    if (value === undefined || value === null) continue
    if (name === "metadata") attributes[name] = metadataOf(value)
    else if (texts.includes(name)) {
      if (typeof value !== "string") throw invalid(`The field ${name} is a text.`)
      attributes[name] = value
    } else if (!elsewhere.includes(name)) throw unknown(`the field ${name}`)
  }
  const { storageClass, customTime } = attributes as ObjectAttributes
  if (storageClass !== undefined && !storageClasses.includes(storageClass)) throw invalid("Invalid argument.")
  if (customTime !== undefined && !/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(customTime))
    throw invalid("The field customTime is a time of RFC 3339.")
  return attributes
}

const merged = (before: ObjectAttributes["metadata"], patch: unknown): Readonly<Record<string, string>> | undefined => {
  if (patch === null) return undefined
  const entries = Object.entries({ ...before, ...(patch as object) }).filter(([, value]) => value !== null)
  return metadataOf(Object.fromEntries(entries))
}

/** A patch: null takes a field away, and a key of the metadata; what is not named stays. */
export const patchAttributes = (before: ObjectAttributes, patch: Sent): ObjectAttributes => {
  if ("storageClass" in patch) throw invalid("The storage class of an object is changed by a rewrite.")
  const { metadata, ...rest } = patch
  const kept = Object.entries(before).filter(([name]) => name !== "metadata" && rest[name] !== null)
  const both = "metadata" in patch ? merged(before.metadata, metadata) : before.metadata
  return { ...Object.fromEntries(kept), ...readAttributes(rest), ...(both !== undefined && { metadata: both }) }
}
