/**
 * Huawei Cloud Object Storage Service (OBS).
 */
import { base, regional, type Preset } from "./Preset.ts"

const regions = [
  "cn-north-4",
  "af-south-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "cn-east-3",
  "cn-east-2",
  "cn-north-1",
  "cn-south-1",
  "ap-southeast-1",
  "sa-argentina-1",
  "sa-peru-1",
  "na-mexico-1",
  "sa-chile-1",
  "sa-brazil-1",
  "ru-northwest-2"
]

export const huaweiObs: Preset = {
  ...base,
  // rclone found ListObjects to work.
  listVersion: 1,
  // rclone found that listings are better asked for without encoding-type.
  listUrlEncode: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  ...regional(regions, (region) => `obs.${region}.myhuaweicloud.com`)
}
