/**
 * Google Cloud Storage, through its interoperability with S3 and HMAC keys.
 */
import { base, wholeCopies, type Preset } from "./Preset.ts"

export const gcs: Preset = {
  ...base,
  // Google's front end changes Accept-Encoding on its way, which breaks a signature over it, and rclone found that
  // asking for gzip does not give what is stored.
  acceptEncodingGzip: false,
  signAcceptEncoding: false,
  // rclone found no UploadPartCopy. A copy of any size is one call.
  ...wholeCopies,
  endpoints: ["storage.googleapis.com"]
}
