/**
 * The headers by which an object gets what the options of the backend ask for: access, storage class, encryption.
 *
 * Sources: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
 */
import type { Headers } from "@mooring/core/Transport"
import * as Redacted from "effect/Redacted"
import type { S3Settings } from "../S3Settings.ts"

/** The key of the customer, in the headers of a prefix: three of them, or none. The line where it stops being hidden. */
const keyHeaders = ({ customerKey }: S3Settings, prefix: string): Headers =>
  customerKey === undefined
    ? {}
    : {
        [`${prefix}-algorithm`]: customerKey.algorithm,
        [`${prefix}-key`]: Redacted.value(customerKey.base64),
        [`${prefix}-key-md5`]: customerKey.md5
      }

/** For calls that read or write the bytes of an object, or their description. */
export const customerKeyHeaders = (settings: S3Settings): Headers =>
  keyHeaders(settings, "x-amz-server-side-encryption-customer")

/** For the source of a copy. */
export const sourceKeyHeaders = (settings: S3Settings): Headers =>
  keyHeaders(settings, "x-amz-copy-source-server-side-encryption-customer")

/** Encryption with keys of the service. */
export const managedKeyHeaders = ({ encryption }: S3Settings): Headers => {
  if (encryption === undefined) return {}
  const { algorithm, kmsKeyId } = encryption
  return {
    "x-amz-server-side-encryption": algorithm,
    ...(kmsKeyId !== "" && { "x-amz-server-side-encryption-aws-kms-key-id": kmsKeyId })
  }
}

/** With directory buckets a session says how objects are encrypted, and only what it does not sign does so too. */
const encryptionHeaders = (settings: S3Settings, ofSession: boolean): Headers => ({
  ...customerKeyHeaders(settings),
  ...(!ofSession && managedKeyHeaders(settings))
})

/** For calls that make an object: PUT and the begin of an upload in parts, or a copy, which no session signs. */
export const newObjectHeaders = (settings: S3Settings, isCopy = false): Headers => ({
  ...(settings.acl !== "" && { "x-amz-acl": settings.acl }),
  ...(settings.storageClass !== "" && { "x-amz-storage-class": settings.storageClass }),
  ...encryptionHeaders(settings, settings.directoryBuckets !== undefined && !isCopy)
})
