/**
 * StackPath Object Storage. The company shut down in 2024, and rclone dropped it: the record is for what was written down.
 */
import { base, type Preset } from "./Preset.ts"

export const stackPath: Preset = {
  ...base,
  // rclone found buckets in the path to work.
  pathStyle: true,
  // rclone found ListObjects to work.
  listVersion: 1,
  // rclone found that listings are better asked for without encoding-type.
  listUrlEncode: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  endpoints: [
    "s3.us-east-2.stackpathstorage.com",
    "s3.us-west-1.stackpathstorage.com",
    "s3.eu-central-1.stackpathstorage.com"
  ]
}
