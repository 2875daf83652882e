/**
 * RackCorp Object Storage.
 */
import { base, regional, type Preset } from "./Preset.ts"

const regions = [
  "global",
  "au",
  "au-nsw",
  "au-qld",
  "au-vic",
  "au-wa",
  "ph",
  "th",
  "hk",
  "mn",
  "kg",
  "id",
  "jp",
  "sg",
  "de",
  "us",
  "us-east-1",
  "us-west-1",
  "nz"
]

export const rackCorp: Preset = {
  ...base,
  // rclone found that ETags of uploads in parts cannot be compared.
  multipartEtag: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  // The region of the endpoint that serves all of them is called global.
  ...regional(regions, (region) => (region === "global" ? "s3.rackcorp.com" : `${region}.s3.rackcorp.com`)),
  locationConstraints: regions
}
