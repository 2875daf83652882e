/**
 * Synology C2 Object Storage.
 */
import { base, regional, unknownAcls, type Preset } from "./Preset.ts"

export const synology: Preset = {
  ...base,
  // rclone found that ETags of uploads in parts cannot be compared.
  multipartEtag: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  ...regional(["eu-001", "eu-002", "us-001", "us-002", "tw-001"], (region) => `${region}.s3.synologyc2.net`),
  ...unknownAcls
}
