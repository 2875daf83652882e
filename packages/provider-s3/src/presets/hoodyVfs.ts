/**
 * The S3 server of rclone, `rclone serve s3`; the name is that of the option.
 */
import { base, unknownAcls, wholeCopies, type Preset } from "./Preset.ts"

export const hoodyVfs: Preset = {
  ...base,
  // It listens at an address that has no names for buckets.
  pathStyle: true,
  // rclone knows that ETags of its server are not made of MD5s of parts.
  multipartEtag: false,
  // Buckets are directories, which are always ours.
  alreadyExistsIsError: false,
  // rclone knows that its server has no UploadPartCopy.
  ...wholeCopies,
  // It has no ACLs.
  ...unknownAcls
}
