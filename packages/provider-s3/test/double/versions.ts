/**
 * What a bucket keeps of its objects once versioning is on.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html
 */
import { randomBytes } from "node:crypto"
import type { Bucket, StoredObject } from "./objects.ts"
import { S3Failure } from "./S3Failure.ts"

/** A version, or without an object a marker of deletion. */
export interface Kept {
  readonly key: string
  readonly versionId: string
  readonly lastModified: number
  readonly object?: StoredObject
}

/** The id of what was there before versioning. */
const unversioned = "null"

/** Switches versioning on; what is there becomes the first version. */
export const enableVersioning = (bucket: Bucket): void => {
  if (bucket.history !== undefined) return
  bucket.history = new Map(
    [...bucket.objects.values()].map((object) => {
      const { key, lastModified } = object
      return [key, [{ key, versionId: unversioned, lastModified, object }]]
    })
  )
}

const push = (bucket: Bucket, kept: Kept): Kept => {
  bucket.history?.set(kept.key, [kept, ...(bucket.history.get(kept.key) ?? [])])
  return kept
}

/** Keeps an object as the newest version: its id, where the bucket keeps versions. */
export const keepVersion = (bucket: Bucket, object: StoredObject): string | undefined => {
  if (bucket.history === undefined) return undefined
  const { key, lastModified } = object
  return push(bucket, { key, versionId: randomBytes(16).toString("hex"), lastModified, object }).versionId
}

/** DELETE without a version: a marker on top, where the bucket keeps versions. */
export const removeObject = (bucket: Bucket, key: string, now: number): Readonly<Record<string, string>> => {
  bucket.objects.delete(key)
  if (bucket.history === undefined) return {}
  const versionId = randomBytes(16).toString("hex")
  push(bucket, { key, versionId, lastModified: now })
  return { "x-amz-version-id": versionId, "x-amz-delete-marker": "true" }
}

/** DELETE of one version: it is gone for good, and the one below is current. */
export const removeVersion = (bucket: Bucket, key: string, id: string): Readonly<Record<string, string>> => {
  const kept = bucket.history?.get(key) ?? []
  const found = kept.find(({ versionId }) => versionId === id)
  const rest = kept.filter((one) => one !== found)
  if (rest.length === 0) bucket.history?.delete(key)
  else bucket.history?.set(key, rest)
  const current = rest[0]?.object
  if (current === undefined) bucket.objects.delete(key)
  else bucket.objects.set(key, current)
  return {
    "x-amz-version-id": id,
    ...(found !== undefined && found.object === undefined && { "x-amz-delete-marker": "true" })
  }
}

const noSuchVersion = (key: string, id: string): S3Failure =>
  new S3Failure(404, "NoSuchVersion", "The specified version does not exist.", {
    elements: { Key: key, VersionId: id }
  })

/** One version of a key. A marker of deletion cannot be read: 405. */
export const existingVersion = (bucket: Bucket, key: string, id: string): StoredObject => {
  const plain = bucket.history === undefined && id === unversioned ? bucket.objects.get(key) : undefined
  if (plain !== undefined) return plain
  const found = bucket.history?.get(key)?.find(({ versionId }) => versionId === id)
  if (found === undefined) throw noSuchVersion(key, id)
  if (found.object === undefined)
    throw new S3Failure(405, "MethodNotAllowed", "The specified method is not allowed against this resource.", {
      headers: { "x-amz-delete-marker": "true" }
    })
  return found.object
}

/** All versions by key and the newest first, with what is there in a bucket that keeps none. */
export const versionsOf = (bucket: Bucket): ReadonlyArray<Kept> =>
  bucket.history === undefined
    ? [...bucket.objects.values()].map((object) => ({
        key: object.key,
        versionId: unversioned,
        lastModified: object.lastModified,
        object
      }))
    : [...bucket.history.values()].flat()
