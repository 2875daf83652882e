/**
 * Storj, through its gateway for S3.
 */
import { base, unknownAcls, wholeCopies, type Preset } from "./Preset.ts"

export const storj: Preset = {
  ...base,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  // rclone found no UploadPartCopy in the gateway. A copy of any size is one call.
  ...wholeCopies,
  // Storj keeps segments of up to 64 MiB, and smaller parts would make more of them.
  minChunkSize: 64 * 1024 * 1024,
  endpoints: ["gateway.storjshare.io"],
  ...unknownAcls
}
