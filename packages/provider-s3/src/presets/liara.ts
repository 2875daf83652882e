/**
 * Liara Object Storage.
 */
import { base, type Preset } from "./Preset.ts"

export const liara: Preset = {
  ...base,
  // rclone found buckets in the path to work.
  pathStyle: true,
  // rclone found that listings are better asked for without encoding-type.
  listUrlEncode: false,
  // rclone found that ETags of uploads in parts cannot be compared.
  multipartEtag: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  endpoints: ["storage.iran.liara.space"],
  storageClasses: ["STANDARD"]
}
