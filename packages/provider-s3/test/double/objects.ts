/** The state of a double: buckets, their objects, and multipart uploads under way. */
import { createHash, randomBytes } from "node:crypto"
import { S3Failure } from "./S3Failure.ts"
import { keepVersion, type Kept } from "./versions.ts"

/** What travels with an object besides its bytes. */
export interface ObjectAttributes {
  readonly contentType: string
  /** cache-control, content-disposition, content-encoding, content-language, expires, and x-amz-* told back. */
  readonly system: Readonly<Record<string, string>>
  /** By lower-case name without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>
  /** Everybody may read it. */
  readonly publicRead?: boolean
  /** MD5 of the customer's key that it is encrypted with, in base64. */
  readonly customerKey?: string | undefined
}

export interface StoredObject extends ObjectAttributes {
  readonly key: string
  readonly body: Buffer
  /** With its quotes. */
  readonly etag: string
  /** Epoch milliseconds, whole seconds as S3 keeps them. */
  readonly lastModified: number
  /** Where the bucket keeps versions. */
  readonly versionId?: string
}

interface UploadedPart {
  readonly body: Buffer
  readonly etag: string
  /** In base64, where the upload was begun with it. */
  readonly crc32?: string | undefined
}

export interface MultipartUpload {
  readonly id: string
  readonly key: string
  readonly initiated: number
  readonly attributes: ObjectAttributes
  /** Whether each part comes with its CRC-32. */
  readonly crc32: boolean
  readonly parts: Map<number, UploadedPart>
}

export interface Bucket {
  readonly name: string
  readonly region: string
  /** Anonymous requests may read. */
  readonly publicRead: boolean
  readonly created: number
  readonly objects: Map<string, StoredObject>
  readonly uploads: Map<string, MultipartUpload>
  /** A directory bucket: in no order, and no ETag is an MD5. */
  readonly directory?: boolean
  /** Key to versions, the newest first, once versioning was switched on. */
  history?: Map<string, ReadonlyArray<Kept>>
}

export type Buckets = Map<string, Bucket>

export const md5 = (data: Uint8Array): Buffer => createHash("md5").update(data).digest()

const etagOf = (data: Uint8Array): string => `"${md5(data).toString("hex")}"`

export const newBucket = (name: string, region: string, created: number, publicRead = false): Bucket => ({
  name,
  region,
  publicRead,
  created,
  objects: new Map(),
  uploads: new Map()
})

/** Replaces whatever is at the key. The ETag is the body's MD5 unless given. */
export const storeObject = (
  bucket: Bucket,
  key: string,
  body: Buffer,
  { contentType, system, metadata, publicRead = false, customerKey }: ObjectAttributes,
  now: number,
  etag = plainEtag(bucket, body, system, customerKey)
): StoredObject => {
  const lastModified = Math.floor(now / 1000) * 1000
  const facts = { key, body, contentType, system, metadata, publicRead, customerKey, etag, lastModified }
  const versionId = keepVersion(bucket, facts)
  const stored = { ...facts, ...(versionId !== undefined && { versionId }) }
  bucket.objects.set(key, stored)
  return stored
}

/** An ETag that is no digest, though it looks like one. */
const opaqueEtag = (): string => `"${randomBytes(16).toString("hex")}"`

/** The ETag of a part, or of an object sent whole. */
export const etagIn = ({ directory = false }: Bucket, body: Uint8Array): string =>
  directory ? opaqueEtag() : etagOf(body)

/** Encryption with keys that are not S3's own makes an ETag that is no MD5. */
const plainEtag = (
  bucket: Bucket,
  body: Uint8Array,
  system: ObjectAttributes["system"],
  customerKey: string | undefined
): string =>
  customerKey === undefined && system["x-amz-server-side-encryption"] !== "aws:kms"
    ? etagIn(bucket, body)
    : opaqueEtag()

export const newUpload = (
  bucket: Bucket,
  key: string,
  attributes: ObjectAttributes,
  now: number,
  crc32 = false
): MultipartUpload => {
  const upload = { id: randomBytes(24).toString("base64url"), key, initiated: now, attributes, crc32, parts: new Map() }
  bucket.uploads.set(upload.id, upload)
  return upload
}

export const existingBucket = (buckets: Buckets, name: string): Bucket => {
  const bucket = buckets.get(name)
  if (bucket === undefined)
    throw new S3Failure(404, "NoSuchBucket", "The specified bucket does not exist", { elements: { BucketName: name } })
  return bucket
}

export const noSuchKey = (key: string): S3Failure =>
  new S3Failure(404, "NoSuchKey", "The specified key does not exist.", { elements: { Key: key } })

export const existingObject = (bucket: Bucket, key: string): StoredObject => {
  const stored = bucket.objects.get(key)
  if (stored === undefined) throw noSuchKey(key)
  return stored
}

/** The upload must be of this very key. */
export const existingUpload = (bucket: Bucket, key: string, id: string): MultipartUpload => {
  const upload = bucket.uploads.get(id)
  if (upload?.key !== key)
    throw new S3Failure(
      404,
      "NoSuchUpload",
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
      { elements: { UploadId: id } }
    )
  return upload
}

/** The order of S3's listings: by the bytes of the UTF-8 key. */
export const compareKeys = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right))
