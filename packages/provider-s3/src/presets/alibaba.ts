/**
 * Alibaba Cloud Object Storage Service (OSS).
 */
import { base, type Preset } from "./Preset.ts"

const regions = [
  "cn-hangzhou",
  "cn-shanghai",
  "cn-qingdao",
  "cn-beijing",
  "cn-zhangjiakou",
  "cn-huhehaote",
  "cn-wulanchabu",
  "cn-shenzhen",
  "cn-heyuan",
  "cn-guangzhou",
  "cn-chengdu",
  "cn-hongkong",
  "us-west-1",
  "us-east-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-5",
  "ap-northeast-1",
  "ap-south-1",
  "eu-central-1",
  "eu-west-1",
  "me-east-1"
]

export const alibaba: Preset = {
  ...base,
  // rclone found that ETags of uploads in parts cannot be compared.
  multipartEtag: false,
  // The accelerated endpoints are last: they serve objects and neither list nor create buckets.
  endpoints: [
    ...regions.map((region) => `oss-${region}.aliyuncs.com`),
    "oss-accelerate.aliyuncs.com",
    "oss-accelerate-overseas.aliyuncs.com"
  ],
  storageClasses: ["STANDARD", "GLACIER", "STANDARD_IA"]
}
