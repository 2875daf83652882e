/**
 * IDrive e2. Each account has endpoints of its own, which its console shows.
 */
import { base, type Preset } from "./Preset.ts"

export const iDrive: Preset = {
  ...base,
  // rclone found buckets in the path to work.
  pathStyle: true,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false
}
