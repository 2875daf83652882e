/**
 * Arvan Cloud Object Storage.
 */
import { base, type Preset } from "./Preset.ts"

const places = ["ir-thr-at1", "ir-tbz-sh1"]

export const arvanCloud: Preset = {
  ...base,
  // rclone found buckets in the path to work.
  pathStyle: true,
  // rclone found ListObjects to work.
  listVersion: 1,
  // rclone found that listings are better asked for without encoding-type.
  listUrlEncode: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  endpoints: places.map((place) => `s3.${place}.arvanstorage.ir`),
  locationConstraints: places,
  storageClasses: ["STANDARD"]
}
