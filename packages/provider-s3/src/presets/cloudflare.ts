/**
 * Cloudflare R2: https://developers.cloudflare.com/r2/api/s3/api/.
 */
import { base, unknownAcls, type Preset } from "./Preset.ts"

export const cloudflare: Preset = {
  ...base,
  // The endpoint is of an account, and rclone found buckets in the path to work.
  pathStyle: true,
  // ETags of uploads in parts are random.
  multipartEtag: false,
  // R2 has one region, under this name.
  defaultRegion: "auto",
  regions: ["auto"],
  endpoints: ["{account_id}.r2.cloudflarestorage.com"],
  // R2 has no ACLs; what a request says of them is for the service to refuse.
  ...unknownAcls
}
