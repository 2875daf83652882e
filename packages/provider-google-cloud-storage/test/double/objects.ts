/** The state of a double: buckets, their objects with all generations, and uploads under way. */
import { randomBytes } from "node:crypto"
import { crc32c, md5 } from "./checksums.ts"
import { notFound } from "./Refusal.ts"

/** What travels with an object besides its bytes, by the names of the resource. */
export interface ObjectAttributes {
  readonly contentType?: string
  readonly cacheControl?: string
  readonly contentDisposition?: string
  readonly contentEncoding?: string
  readonly contentLanguage?: string
  readonly customTime?: string
  readonly storageClass?: string
  readonly metadata?: Readonly<Record<string, string>>
}

export interface StoredObject {
  readonly name: string
  readonly body: Buffer
  readonly attributes: ObjectAttributes
  readonly storageClass: string
  /** Everybody may read it. */
  readonly publicRead: boolean
  readonly generation: string
  readonly metageneration: number
  /** Epoch milliseconds. */
  readonly created: number
  readonly updated: number
  /** When it was replaced or deleted: it is noncurrent. */
  readonly deleted?: number
  readonly crc32c: string
  /** Absent where it was composed. */
  readonly md5Hash?: string
  readonly componentCount?: number
}

export interface Bucket {
  readonly name: string
  readonly project: string
  readonly location: string
  readonly storageClass: string
  readonly created: number
  versioning: boolean
  uniformAccess: boolean
  requesterPays: boolean
  metageneration: number
  /** Everybody may read and list what is in it. */
  readonly publicRead: boolean
  /** By name, the oldest generation first; the live one has no `deleted`. */
  readonly objects: Map<string, ReadonlyArray<StoredObject>>
}

export type Buckets = Map<string, Bucket>

let lastGeneration = 0

/** Microseconds of the time, and never the same twice. */
export const nextGeneration = (now: number): string => {
  lastGeneration = Math.max(lastGeneration + 1, now * 1000)
  return String(lastGeneration)
}

/** The order of listings: by the bytes of the UTF-8 name. */
export const compareNames = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right))

export const newBucket = (
  name: string,
  more: Partial<Omit<Bucket, "name">> & { readonly created: number }
): Bucket => ({
  name,
  project: "double-project",
  location: "US",
  storageClass: "STANDARD",
  versioning: false,
  uniformAccess: false,
  requesterPays: false,
  metageneration: 1,
  publicRead: false,
  objects: new Map(),
  ...more
})

export const existingBucket = (buckets: Buckets, name: string): Bucket => {
  const bucket = buckets.get(name)
  if (bucket === undefined) throw notFound("The specified bucket does not exist.", "NoSuchBucket")
  return bucket
}

export const liveObject = (bucket: Bucket, name: string): StoredObject | undefined =>
  bucket.objects.get(name)?.find(({ deleted }) => deleted === undefined)

/** The live object, or the one of that generation; undefined when it is not there. */
export const findObject = (bucket: Bucket, name: string, generation: string | undefined): StoredObject | undefined =>
  generation === undefined
    ? liveObject(bucket, name)
    : bucket.objects.get(name)?.find((one) => one.generation === generation)

export const noSuchObject = (bucket: Bucket, name: string): Error => notFound(`No such object: ${bucket.name}/${name}`)

export interface NewObject {
  readonly name: string
  readonly body: Buffer
  readonly attributes: ObjectAttributes
  readonly publicRead?: boolean
  readonly componentCount?: number
}

/** What is live becomes noncurrent where the bucket keeps versions, and is gone otherwise. */
const retired = (bucket: Bucket, name: string, now: number): ReadonlyArray<StoredObject> =>
  (bucket.objects.get(name) ?? []).flatMap((one) => {
    if (one.deleted !== undefined) return [one]
    return bucket.versioning ? [{ ...one, deleted: now }] : []
  })

/** Replaces whatever is live at the name. */
export const storeObject = (bucket: Bucket, object: NewObject, now: number): StoredObject => {
  const { name, body, attributes, publicRead = false, componentCount } = object
  const stored: StoredObject = {
    name,
    body,
    attributes,
    storageClass: attributes.storageClass ?? bucket.storageClass,
    publicRead,
    generation: nextGeneration(now),
    metageneration: 1,
    created: now,
    updated: now,
    crc32c: crc32c(body),
    ...(componentCount === undefined ? { md5Hash: md5(body) } : { componentCount })
  }
  bucket.objects.set(name, [...retired(bucket, name, now), stored])
  return stored
}

/** Puts another state in the place of one of the same generation. */
export const replaceState = (bucket: Bucket, stored: StoredObject): void => {
  const states = bucket.objects.get(stored.name) ?? []
  bucket.objects.set(
    stored.name,
    states.map((one) => (one.generation === stored.generation ? stored : one))
  )
}

/** Of a live object without a generation: as if replaced. With one: that one for good. */
export const deleteObject = (bucket: Bucket, name: string, generation: string | undefined, now: number): void => {
  const states = bucket.objects.get(name) ?? []
  const left =
    generation === undefined ? retired(bucket, name, now) : states.filter((one) => one.generation !== generation)
  if (left.length === 0) bucket.objects.delete(name)
  else bucket.objects.set(name, left)
}

export const randomId = (): string => randomBytes(24).toString("base64url")
