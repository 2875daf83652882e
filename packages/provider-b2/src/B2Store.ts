/**
 * The operations of B2 as an object store, and what they promise.
 */
import type { Limits, ObjectStore } from "@mooring/core"
import { readOnly } from "@mooring/core/wrappers/readOnly"
import type { B2Client } from "./api/B2Client.ts"
import type { B2Settings } from "./B2Settings.ts"
import { check } from "./check.ts"
import { createContainer, removeContainer } from "./containers.ts"
import { copy, setModified } from "./copy.ts"
import { maxKey, maxSegment } from "./keys.ts"
import { maxParts } from "./largeFile.ts"
import { listPage, maxPage } from "./list.ts"
import { openUpload, resumeUpload } from "./openUploads.ts"
import { presign, publicLink } from "./presign.ts"
import { read } from "./read.ts"
import { remove } from "./remove.ts"
import { stat } from "./stat.ts"
import { abortUpload, listUploads } from "./uploads.ts"
import { removeVersion, versions } from "./versions.ts"
import { maxSize, write } from "./write.ts"

const limitsOf = ({ oldVersions }: B2Settings): Limits => ({
  containers: true,
  validator: "strong",
  visibility: "immediate",
  atomicWrite: true,
  // The names of old versions are not where the names of their objects are.
  order: oldVersions ? "none" : "bytes",
  missingDirectories: "empty",
  emptyObjects: true,
  realDirectories: false,
  objectsBesideDirectories: true,
  writeConditions: [],
  stores: ["modified", "contentType", "metadata"],
  modifiedPrecision: 1,
  // https://www.backblaze.com/docs/cloud-storage-large-files
  parts: { min: 5_000_000, max: 5_000_000_000, count: maxParts, ordered: false, copies: true },
  // Uploads take a POST.
  links: "read",
  maxSize,
  maxKey,
  maxSegment,
  maxPage
})

/** The store behind a client. Which members it has does not change while it is open: no credential decides it. */
export const storeOf = (client: B2Client, settings: B2Settings): ObjectStore => {
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
    versions: versions(client),
    removeVersion: removeVersion(client),
    presign: presign(client),
    publicLink: publicLink(client),
    openUpload: openUpload(client),
    resumeUpload: resumeUpload(client),
    listUploads: listUploads(client),
    abortUpload: abortUpload(client),
    createContainer: createContainer(client),
    removeContainer: removeContainer(client)
  }
  return settings.versionAt === undefined ? store : readOnly(store)
}
