/**
 * Petabox Object Storage.
 */
import { base, regional, type Preset } from "./Preset.ts"

const places = regional(
  ["us-east-1", "eu-central-1", "ap-southeast-1", "me-south-1", "sa-east-1"],
  (region) => `s3.${region}.petabox.io`
)

export const petabox: Preset = {
  ...base,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  ...places,
  // The endpoint without a region is the usual one.
  endpoints: ["s3.petabox.io", ...places.endpoints]
}
