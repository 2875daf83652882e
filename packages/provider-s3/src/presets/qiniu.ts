/**
 * Qiniu Object Storage (Kodo).
 */
import { base, regional, type Preset } from "./Preset.ts"

const regions = ["cn-east-1", "cn-east-2", "cn-north-1", "cn-south-1", "us-north-1", "ap-southeast-1", "ap-northeast-1"]

export const qiniu: Preset = {
  ...base,
  // rclone found buckets in the path to work.
  pathStyle: true,
  // rclone found that listings are better asked for without encoding-type.
  listUrlEncode: false,
  // rclone found that ETags of uploads in parts cannot be compared.
  multipartEtag: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  ...regional(regions, (region) => `s3-${region}.qiniucs.com`),
  locationConstraints: regions,
  storageClasses: ["STANDARD", "LINE", "GLACIER", "DEEP_ARCHIVE"]
}
