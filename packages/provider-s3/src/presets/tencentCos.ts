/**
 * Tencent Cloud Object Storage (COS).
 */
import { acls, base, type Preset } from "./Preset.ts"

const places = [
  "ap-beijing",
  "ap-nanjing",
  "ap-shanghai",
  "ap-guangzhou",
  "ap-chengdu",
  "ap-chongqing",
  "ap-hongkong",
  "ap-singapore",
  "ap-mumbai",
  "ap-seoul",
  "ap-bangkok",
  "ap-tokyo",
  "na-siliconvalley",
  "na-ashburn",
  "na-toronto",
  "eu-frankfurt",
  "eu-moscow",
  "accelerate"
]

export const tencentCos: Preset = {
  ...base,
  // rclone found ListObjects to work.
  listVersion: 1,
  // rclone found that ETags of uploads in parts cannot be compared.
  multipartEtag: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  // The accelerated endpoint is last: it serves objects and creates no buckets.
  endpoints: places.map((place) => `cos.${place}.myqcloud.com`),
  // What an object inherits from its bucket has a name here: https://www.tencentcloud.com/document/product/436/7748.
  acls: ["default", ...acls],
  storageClasses: ["STANDARD", "ARCHIVE", "STANDARD_IA"]
}
