/**
 * NetEase Object Storage (NOS).
 */
import { base, type Preset } from "./Preset.ts"

export const netease: Preset = {
  ...base,
  // rclone found ListObjects to work.
  listVersion: 1,
  // rclone found that listings are better asked for without encoding-type.
  listUrlEncode: false,
  // rclone found that ETags of uploads in parts cannot be compared.
  multipartEtag: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false
}
