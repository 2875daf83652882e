/**
 * The operations of S3 as an object store, and what they promise.
 */
import type { Limits, ObjectStore } from "@mooring/core"
import { readOnly } from "@mooring/core/wrappers/readOnly"
import type { S3Client } from "./api/S3Client.ts"
import { check } from "./check.ts"
import { createContainer, removeContainer } from "./containers.ts"
import { copy, setModified, setTier } from "./copy.ts"
import { createDirectory, removeDirectory } from "./directories.ts"
import { maxKey } from "./keys.ts"
import { listPage, maxPage } from "./list.ts"
import { openUpload, resumeUpload } from "./openUploads.ts"
import { presign, publicLink } from "./presign.ts"
import { read } from "./read.ts"
import { remove, removeMany } from "./remove.ts"
import type { S3Settings } from "./S3Settings.ts"
import { stat } from "./stat.ts"
import { abortUpload, listUploads } from "./uploads.ts"
import { removeVersion, versions } from "./versions.ts"
import { write } from "./write.ts"

const mebibyte = 1024 * 1024

const limitsOf = (settings: S3Settings): Limits => ({
  containers: true,
  validator: "strong",
  visibility: "immediate",
  atomicWrite: true,
  // The names of old versions are not where the keys of their objects are, and directory buckets list in no order.
  order: settings.oldVersions === "hidden" && settings.directoryBuckets === undefined ? "bytes" : "none",
  missingDirectories: "empty",
  emptyObjects: true,
  realDirectories: false,
  objectsBesideDirectories: true,
  writeConditions: settings.writeConditions,
  stores: ["modified", "metadata", ...(settings.systemMetadata ? (["contentType"] as const) : [])],
  modifiedPrecision: 0.001,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
  ...(settings.multipartUploads && {
    parts: {
      min: 5 * mebibyte,
      max: 5 * 1024 * mebibyte,
      count: settings.maxUploadParts,
      ordered: false,
      copies: true
    }
  }),
  ...(settings.tiers.length > 0 && { tiers: settings.tiers }),
  maxKey,
  maxPage
})

/** The store behind a client. Which members it has does not change while it is open: no credential decides it. */
export const storeOf = (client: S3Client, settings: S3Settings): ObjectStore => {
  const store: ObjectStore = {
    limits: limitsOf(settings),
    check: check(client),
    stat: stat(client),
    listPage: listPage(client),
    read: read(client),
    write: write(client),
    remove: remove(client),
    copy: copy(client),
    setModified: setModified(client),
    removeMany: removeMany(client),
    listUploads: listUploads(client),
    abortUpload: abortUpload(client),
    createContainer: createContainer(client),
    removeContainer: removeContainer(client),
    // Directory buckets keep no versions, have one storage class and are never public, and a link would end with the
    // session that signed it, within five minutes.
    ...(settings.directoryBuckets === undefined && {
      presign: presign(client),
      setTier: setTier(client),
      versions: versions(client),
      removeVersion: removeVersion(client),
      publicLink: publicLink(client)
    }),
    ...(settings.multipartUploads && { openUpload: openUpload(client), resumeUpload: resumeUpload(client) }),
    ...(settings.directoryMarkers && {
      createDirectory: createDirectory(client),
      removeDirectory: removeDirectory(client)
    })
  }
  return settings.versionAt === undefined ? store : readOnly(store)
}
