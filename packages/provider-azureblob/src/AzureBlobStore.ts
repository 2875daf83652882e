/**
 * The operations of Azure Blob Storage as an object store, and what they promise.
 */
import type { Limits, ObjectStore } from "@mooring/core"
import type { BlobClient } from "./api/BlobClient.ts"
import { tiers, type AzureBlobSettings } from "./AzureBlobSettings.ts"
import { check } from "./check.ts"
import { createContainer, removeContainer } from "./containers.ts"
import { copy, setModified, setTier } from "./copy.ts"
import { createDirectory, removeDirectory } from "./directories.ts"
import { maxName } from "./keys.ts"
import { listPage, maxPage } from "./list.ts"
import { openUpload, resumeUpload } from "./openUploads.ts"
import { presign, publicLink } from "./presign.ts"
import { read } from "./read.ts"
import { remove, removeMany } from "./remove.ts"
import { stat } from "./stat.ts"
import { abortUpload, listUploads } from "./uploads.ts"
import { removeVersion, versions } from "./versions.ts"
import { maxBlock, maxBlocks, write } from "./write.ts"

const limits: Limits = {
  containers: true,
  validator: "strong",
  visibility: "immediate",
  atomicWrite: true,
  // Azure sorts by rules of its own, in which hierarchical namespaces differ from others.
  order: "none",
  missingDirectories: "empty",
  emptyObjects: true,
  realDirectories: false,
  objectsBesideDirectories: true,
  writeConditions: ["ifMatch", "ifNoneMatch"],
  stores: ["modified", "contentType", "metadata"],
  modifiedPrecision: 0.001,
  // https://learn.microsoft.com/azure/storage/blobs/scalability-targets
  parts: { min: 1, max: maxBlock, count: maxBlocks - 1, ordered: false, copies: false },
  tiers,
  withoutCurrent: "nothing",
  maxKey: maxName,
  maxPage
}

/** The store behind a client. Which members it has does not change while it is open: no credential decides it. */
export const storeOf = (client: BlobClient, settings: AzureBlobSettings): ObjectStore => ({
  limits,
  check: check(client),
  stat: stat(client),
  listPage: listPage(client),
  read: read(client),
  write: write(client),
  remove: remove(client),
  removeMany: removeMany(client),
  versions: versions(client),
  removeVersion: removeVersion(client),
  copy: copy(client),
  setModified: setModified(client),
  setTier: setTier(client),
  presign: presign(client),
  publicLink: publicLink(client),
  openUpload: openUpload(client),
  resumeUpload: resumeUpload(client),
  listUploads: listUploads(client),
  abortUpload: abortUpload(client),
  createContainer: createContainer(client),
  removeContainer: removeContainer(client),
  ...(settings.directoryMarkers && {
    createDirectory: createDirectory(client),
    removeDirectory: removeDirectory(client)
  })
})
