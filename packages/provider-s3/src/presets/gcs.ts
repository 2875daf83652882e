/**
 * Google Cloud Storage, through its interoperability with S3 and HMAC keys.
 */
import { base, wholeCopies, type Preset } from "./Preset.ts"

export const gcs: Preset = {
  ...base,
  // Google's front end appends to Accept-Encoding on its way, which breaks a signature over it
  // (https://github.com/rclone/rclone/issues/6670). It is sent without one: who does not accept gzip is sent what is
  // stored as gzip decompressed, without its length, its ranges and its MD5
  // (https://cloud.google.com/storage/docs/transcoding).
  acceptEncodingGzip: true,
  signAcceptEncoding: false,
  // rclone found no UploadPartCopy. A copy of any size is one call.
  ...wholeCopies,
  endpoints: ["storage.googleapis.com"]
}
