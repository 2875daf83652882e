/**
 * Seagate Lyve Cloud.
 */
import { base, type Preset } from "./Preset.ts"

export const lyveCloud: Preset = {
  ...base,
  // rclone found that ETags of uploads in parts cannot be compared.
  multipartEtag: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  endpoints: ["s3.us-west-1.{account_name}.lyve.seagate.com", "s3.eu-west-1.{account_name}.lyve.seagate.com"]
}
