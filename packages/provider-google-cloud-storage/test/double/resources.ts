/**
 * Buckets and objects in JSON.
 *
 * Sources: https://cloud.google.com/storage/docs/json_api/v1/objects#resource and buckets#resource
 */
import { createHash } from "node:crypto"
import type { Bucket, StoredObject } from "./objects.ts"

const time = (milliseconds: number) => new Date(milliseconds).toISOString()

/** No digest of the bytes: changes with the metadata too. */
export const etagOf = ({ generation, metageneration }: StoredObject): string =>
  createHash("sha1").update(`${generation}/${metageneration}`).digest("base64").slice(0, 16)

export const objectResource = (origin: string, bucket: Bucket, stored: StoredObject): Record<string, unknown> => {
  const { name, generation, attributes, storageClass, created, updated, deleted, md5Hash, componentCount } = stored
  const path = `${encodeURIComponent(bucket.name)}/o/${encodeURIComponent(name)}`
  const { storageClass: _class, ...rest } = attributes
  return {
    kind: "storage#object",
    id: `${bucket.name}/${name}/${generation}`,
    selfLink: `${origin}/storage/v1/b/${path}`,
    mediaLink: `${origin}/download/storage/v1/b/${path}?generation=${generation}&alt=media`,
    name,
    bucket: bucket.name,
    generation,
    metageneration: String(stored.metageneration),
    storageClass,
    size: String(stored.body.length),
    ...(md5Hash !== undefined && { md5Hash }),
    crc32c: stored.crc32c,
    ...(componentCount !== undefined && { componentCount }),
    etag: etagOf(stored),
    ...rest,
    timeCreated: time(created),
    updated: time(updated),
    timeStorageClassUpdated: time(created),
    timeFinalized: time(created),
    ...(deleted !== undefined && { timeDeleted: time(deleted) })
  }
}

const regions = /-/

export const bucketResource = (origin: string, bucket: Bucket): Record<string, unknown> => ({
  kind: "storage#bucket",
  id: bucket.name,
  selfLink: `${origin}/storage/v1/b/${encodeURIComponent(bucket.name)}`,
  name: bucket.name,
  projectNumber: "123456789012",
  metageneration: String(bucket.metageneration),
  location: bucket.location,
  locationType: regions.test(bucket.location) ? "region" : "multi-region",
  storageClass: bucket.storageClass,
  etag: Buffer.from(String(bucket.metageneration)).toString("base64"),
  timeCreated: time(bucket.created),
  updated: time(bucket.created),
  iamConfiguration: { uniformBucketLevelAccess: { enabled: bucket.uniformAccess } },
  ...(bucket.versioning && { versioning: { enabled: true } }),
  ...(bucket.requesterPays && { billing: { requesterPays: true } })
})
