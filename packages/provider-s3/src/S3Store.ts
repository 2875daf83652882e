/**
 * The operations of S3 as an object store, and what they promise.
 */
import type { ObjectStore } from "@mooring/core"
import type { S3Client } from "./api/S3Client.ts"
import { check } from "./check.ts"
import { createContainer, removeContainer } from "./containers.ts"
import { copy, setModified } from "./copy.ts"
import { maxKey } from "./keys.ts"
import { listPage, maxPage } from "./list.ts"
import { presign } from "./presign.ts"
import { read } from "./read.ts"
import { remove, removeMany } from "./remove.ts"
import type { S3Settings } from "./S3Settings.ts"
import { stat } from "./stat.ts"
import { abortUpload, listUploads } from "./uploads.ts"
import { write } from "./write.ts"

const mebibyte = 1024 * 1024

/** The store behind a client. */
export const storeOf = (client: S3Client, { maxUploadParts }: S3Settings): ObjectStore => ({
  limits: {
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
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
    parts: { min: 5 * mebibyte, max: 5 * 1024 * mebibyte, count: maxUploadParts, ordered: false, copies: true },
    maxKey,
    maxPage
  },
  check: check(client),
  stat: stat(client),
  listPage: listPage(client),
  read: read(client),
  write: write(client),
  remove: remove(client),
  copy: copy(client),
  setModified: setModified(client),
  removeMany: removeMany(client),
  presign: presign(client),
  listUploads: listUploads(client),
  abortUpload: abortUpload(client),
  createContainer: createContainer(client),
  removeContainer: removeContainer(client)
})
