/** Every operation the double knows. */
import type { Operation } from "../Operation.ts"
import { abortMultipartUpload } from "./abortMultipartUpload.ts"
import { completeMultipartUpload } from "./completeMultipartUpload.ts"
import { copyObject } from "./copyObject.ts"
import { createBucket } from "./createBucket.ts"
import { createDirectoryBucket } from "./createDirectoryBucket.ts"
import { createMultipartUpload } from "./createMultipartUpload.ts"
import { createSession } from "./createSession.ts"
import { deleteBucket } from "./deleteBucket.ts"
import { deleteObject } from "./deleteObject.ts"
import { deleteObjects } from "./deleteObjects.ts"
import { getBucketLocation } from "./getBucketLocation.ts"
import { getObject, headObject } from "./getObject.ts"
import { headBucket } from "./headBucket.ts"
import { listBuckets } from "./listBuckets.ts"
import { listDirectoryBuckets } from "./listDirectoryBuckets.ts"
import { listMultipartUploads } from "./listMultipartUploads.ts"
import { listObjectVersions } from "./listObjectVersions.ts"
import { listObjects } from "./listObjects.ts"
import { listObjectsV2 } from "./listObjectsV2.ts"
import { listParts } from "./listParts.ts"
import { putBucketVersioning } from "./putBucketVersioning.ts"
import { putObject } from "./putObject.ts"
import { uploadPart } from "./uploadPart.ts"
import { uploadPartCopy } from "./uploadPartCopy.ts"

/** What a directory bucket and its endpoints know: no versions, no ListObjects of the first version. */
export const directoryOperations: ReadonlyArray<Operation> = [
  listDirectoryBuckets,
  createDirectoryBucket,
  deleteBucket,
  headBucket,
  createSession,
  listObjectsV2,
  listMultipartUploads,
  listParts,
  deleteObjects,
  putObject,
  getObject,
  headObject,
  deleteObject,
  copyObject,
  createMultipartUpload,
  uploadPart,
  uploadPartCopy,
  completeMultipartUpload,
  abortMultipartUpload
]

export const operations: ReadonlyArray<Operation> = [
  listBuckets,
  headBucket,
  createBucket,
  deleteBucket,
  getBucketLocation,
  putBucketVersioning,
  listObjects,
  listObjectsV2,
  listObjectVersions,
  listMultipartUploads,
  listParts,
  deleteObjects,
  putObject,
  getObject,
  headObject,
  deleteObject,
  copyObject,
  createMultipartUpload,
  uploadPart,
  uploadPartCopy,
  completeMultipartUpload,
  abortMultipartUpload
]
