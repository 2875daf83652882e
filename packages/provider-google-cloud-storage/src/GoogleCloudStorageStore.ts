/**
 * The operations of Cloud Storage as an object store, and what they promise.
 */
import type { Limits, ObjectStore } from "@mooring/core"
import type { StorageClient } from "./api/StorageClient.ts"
import { check } from "./check.ts"
import { createContainer, removeContainer } from "./containers.ts"
import { copy, move, setModified, setTier } from "./copy.ts"
import { maySign } from "./credentials/signer.ts"
import { createDirectory, removeDirectory } from "./directories.ts"
import { tiers, type GoogleCloudStorageSettings } from "./GoogleCloudStorageSettings.ts"
import { maxKey } from "./keys.ts"
import { listPage, maxPage } from "./list.ts"
import { abortUpload, openUpload, partRulesOf, resumeUpload } from "./openUploads.ts"
import { presign, publicLink } from "./presign.ts"
import { read } from "./read.ts"
import { remove } from "./remove.ts"
import { stat } from "./stat.ts"
import { removeVersion, versions } from "./versions.ts"
import { maxSize, write } from "./write.ts"

const limitsOf = ({ chunkSize }: GoogleCloudStorageSettings): Limits => ({
  containers: true,
  validator: "strong",
  visibility: "immediate",
  atomicWrite: true,
  order: "bytes",
  missingDirectories: "empty",
  emptyObjects: true,
  realDirectories: false,
  objectsBesideDirectories: true,
  writeConditions: ["ifMatch", "ifNoneMatch"],
  stores: ["modified", "contentType", "metadata"],
  modifiedPrecision: 0.001,
  parts: partRulesOf(chunkSize),
  tiers,
  // https://cloud.google.com/storage/docs/object-versioning
  withoutCurrent: "nothing",
  maxSize,
  maxKey,
  maxPage
})

/** The store behind a client. Which members it has does not change while it is open: the kind of credentials decides. */
export const storeOf = (client: StorageClient, settings: GoogleCloudStorageSettings): ObjectStore => ({
  limits: limitsOf(settings),
  check: check(client),
  stat: stat(client),
  listPage: listPage(client),
  read: read(client),
  write: write(client),
  remove: remove(client),
  copy: copy(client),
  move: move(client),
  setModified: setModified(client),
  setTier: setTier(client),
  versions: versions(client),
  removeVersion: removeVersion(client),
  publicLink: publicLink(client),
  openUpload: openUpload(client),
  resumeUpload: resumeUpload(client),
  abortUpload: abortUpload(client),
  createContainer: createContainer(client),
  removeContainer: removeContainer(client),
  ...(maySign(settings.credentials) && { presign: presign(client) }),
  ...(settings.directoryMarkers && {
    createDirectory: createDirectory(client),
    removeDirectory: removeDirectory(client)
  })
})
