/**
 * Leviia Object Storage.
 */
import { base, type Preset } from "./Preset.ts"

export const leviia: Preset = {
  ...base,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  endpoints: ["s3.leviia.com"]
}
