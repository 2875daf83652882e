/**
 * Magalu Cloud Object Storage.
 */
import { base, type Preset } from "./Preset.ts"

export const magalu: Preset = {
  ...base,
  // rclone found buckets in the path to work.
  pathStyle: true,
  // rclone found ListObjects to work.
  listVersion: 1,
  // rclone found that listings are better asked for without encoding-type.
  listUrlEncode: false,
  // rclone found that ETags of uploads in parts cannot be compared.
  multipartEtag: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  endpoints: ["br-se1.magaluobjects.com", "br-ne1.magaluobjects.com"],
  storageClasses: ["STANDARD", "GLACIER_IR"]
}
