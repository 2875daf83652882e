/**
 * China Mobile Ecloud Elastic Object Storage (EOS).
 */
import { base, bucketAcls, type Preset } from "./Preset.ts"

const places = [
  "wuxi-1",
  "jinan-1",
  "ningbo-1",
  "shanghai-1",
  "zhengzhou-1",
  "hunan-1",
  "zhuzhou-1",
  "guangzhou-1",
  "dongguan-1",
  "beijing-1",
  "beijing-2",
  "beijing-4",
  "huhehaote-1",
  "chengdu-1",
  "chongqing-1",
  "guiyang-1",
  "xian-1",
  "yunnan",
  "yunnan-2",
  "tianjin-1",
  "jilin-1",
  "hubei-1",
  "jiangxi-1",
  "gansu-1",
  "shanxi-1",
  "liaoning-1",
  "hebei-1",
  "fujian-1",
  "guangxi-1",
  "anhui-1"
]

export const chinaMobile: Preset = {
  ...base,
  // rclone found buckets in the path to work.
  pathStyle: true,
  // rclone found ListObjects to work.
  listVersion: 1,
  // rclone found that listings are better asked for without encoding-type.
  listUrlEncode: false,
  // rclone found that BucketAlreadyExists is said of buckets that are ours too.
  alreadyExistsIsError: false,
  endpoints: places.map((place) => `eos-${place}.cmecloud.cn`),
  // Buckets name their place without the dash of the endpoint.
  locationConstraints: places.map((place) => place.replace("-", "")),
  // rclone found none of the ACLs of bucket owners.
  acls: bucketAcls,
  storageClasses: ["STANDARD", "GLACIER", "STANDARD_IA"]
}
