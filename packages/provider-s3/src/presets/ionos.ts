/**
 * IONOS Cloud Object Storage.
 */
import { base, regional, type Preset } from "./Preset.ts"

const regions = ["de", "eu-central-2", "eu-central-3", "eu-central-4", "eu-south-2", "us-central-1"]

export const ionos: Preset = {
  ...base,
  // rclone found buckets in the path to work.
  pathStyle: true,
  // rclone found that listings are better asked for without encoding-type.
  listUrlEncode: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  // The first region has another name than its endpoint.
  ...regional(regions, (region) => `s3.${region === "de" ? "eu-central-1" : region}.ionoscloud.com`)
}
