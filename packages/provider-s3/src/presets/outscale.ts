/**
 * OUTSCALE Object Storage (OOS).
 */
import { base, regional, type Preset } from "./Preset.ts"

const regions = ["eu-west-2", "us-east-2", "us-west-1", "cloudgouv-eu-west-1", "ap-northeast-1"]

export const outscale: Preset = {
  ...base,
  // rclone found buckets in the path to work.
  pathStyle: true,
  ...regional(regions, (region) => `oos.${region}.outscale.com`)
}
