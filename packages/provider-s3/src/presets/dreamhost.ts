/**
 * DreamHost DreamObjects.
 */
import { base, type Preset } from "./Preset.ts"

export const dreamhost: Preset = {
  ...base,
  // rclone found that listings are better asked for without encoding-type.
  listUrlEncode: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  endpoints: ["objects-us-east-1.dream.io"]
}
