/** Every operation the double knows. */
import { exchangeToken } from "../oauth/exchangeToken.ts"
import { generateAccessToken } from "../oauth/generateAccessToken.ts"
import { issueToken } from "../oauth/issueToken.ts"
import { metadataServer } from "../oauth/metadataServer.ts"
import type { Operation } from "../Operation.ts"
import { batch } from "./batch.ts"
import { beginUpload } from "./beginUpload.ts"
import { composeObject } from "./composeObject.ts"
import { copyObject } from "./copyObject.ts"
import { deleteBucket } from "./deleteBucket.ts"
import { deleteObject } from "./deleteObject.ts"
import { downloadLinked, downloadObject } from "./downloadObject.ts"
import { getBucket } from "./getBucket.ts"
import { getObject } from "./getObject.ts"
import { insertBucket } from "./insertBucket.ts"
import { insertMedia } from "./insertMedia.ts"
import { insertMultipart } from "./insertMultipart.ts"
import { listBuckets } from "./listBuckets.ts"
import { listObjects } from "./listObjects.ts"
import { patchBucket } from "./patchBucket.ts"
import { patchObject } from "./patchObject.ts"
import { cancelUpload, putUpload } from "./putUpload.ts"
import { rewriteObject } from "./rewriteObject.ts"
import { signedOperations } from "./signedObjects.ts"

export const operations: ReadonlyArray<Operation> = [
  issueToken,
  exchangeToken,
  generateAccessToken,
  ...metadataServer,
  listBuckets,
  insertBucket,
  getBucket,
  patchBucket,
  deleteBucket,
  listObjects,
  getObject,
  downloadObject,
  downloadLinked,
  insertMedia,
  insertMultipart,
  beginUpload,
  putUpload,
  cancelUpload,
  deleteObject,
  patchObject,
  rewriteObject,
  copyObject,
  composeObject,
  batch,
  ...signedOperations
]
