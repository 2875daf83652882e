/**
 * The operations of Swift as an object store, and what they promise.
 */
import type { Limits, ObjectStore } from "@mooring/core"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { check } from "./check.ts"
import { createContainer, removeContainer } from "./containers.ts"
import { copy, setModified } from "./copy.ts"
import { maxKey } from "./keys.ts"
import { listPage, maxPage } from "./list.ts"
import { maxObject } from "./normalize.ts"
import { abortUpload, maxParts, openUpload, resumeUpload } from "./openUploads.ts"
import { listUploads } from "./uploads.ts"
import { presign } from "./presign.ts"
import { publicLink } from "./publicLink.ts"
import { read } from "./read.ts"
import { remove, removeMany } from "./remove.ts"
import { stat } from "./stat.ts"
import { usage } from "./usage.ts"
import type { SwiftSettings } from "./SwiftSettings.ts"
import { removeVersion, versions } from "./versions.ts"
import { write } from "./write.ts"

const mebibyte = 1024 * 1024

const limitsOf = ({ largeObjects }: SwiftSettings): Limits => ({
  containers: true,
  validator: "strong",
  visibility: "immediate",
  atomicWrite: true,
  order: "bytes",
  missingDirectories: "empty",
  emptyObjects: true,
  realDirectories: false,
  objectsBesideDirectories: true,
  // If-Match is ignored, and If-None-Match is looked at before the body comes, so that two writers may both pass.
  writeConditions: [],
  stores: ["modified", "metadata", "contentType"],
  modifiedPrecision: 0.001,
  // Segments: https://docs.openstack.org/swift/latest/api/large_objects.html
  ...(largeObjects && { parts: { min: mebibyte, max: maxObject, count: maxParts, ordered: false, copies: true } }),
  maxKey,
  maxPage
})

/** The store behind a client. Which members it has does not change while it is open: no credential decides it. */
export const storeOf = (client: SwiftClient, settings: SwiftSettings): ObjectStore => ({
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
  versions: versions(client),
  removeVersion: removeVersion(client),
  presign: presign(client),
  publicLink: publicLink(client),
  usage: usage(client),
  createContainer: createContainer(client),
  removeContainer: removeContainer(client),
  ...(settings.largeObjects && {
    openUpload: openUpload(client),
    resumeUpload: resumeUpload(client),
    listUploads: listUploads(client),
    abortUpload: abortUpload(client)
  })
})
