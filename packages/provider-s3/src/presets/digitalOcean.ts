/**
 * DigitalOcean Spaces.
 */
import { base, type Preset } from "./Preset.ts"

const places = ["nyc3", "syd1", "sfo3", "sfo2", "fra1", "ams3", "sgp1", "lon1", "tor1", "blr1"]

export const digitalOcean: Preset = {
  ...base,
  // rclone found that listings are better asked for without encoding-type.
  listUrlEncode: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  endpoints: places.map((place) => `${place}.digitaloceanspaces.com`)
}
