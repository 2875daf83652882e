/**
 * Amazon S3.
 */
import { acls, base, type Preset } from "./Preset.ts"

const regions = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ca-central-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "eu-north-1",
  "eu-south-1",
  "eu-central-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-east-1",
  "sa-east-1",
  "il-central-1",
  "me-south-1",
  "af-south-1",
  "cn-north-1",
  "cn-northwest-1",
  "us-gov-east-1",
  "us-gov-west-1"
]

export const aws: Preset = {
  ...base,
  // Buckets made since 2020 may lose addresses in path style; host names work for all of them.
  pathStyle: false,
  // Keys may hold characters that XML 1.0 cannot, such as U+0001.
  listUrlEncode: true,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
  multipartConditions: true,
  // Names are global: a bucket of this name is usually of somebody else.
  alreadyExistsIsError: true,
  // S3 sends what is stored.
  mightGzip: false,
  // S3 checks SHA-256 of what it is sent, and policies may demand it (s3:x-amz-content-sha256).
  unsignedPayload: false,
  // Without a constraint S3 creates buckets in us-east-1, and refuses that at the endpoint of any other region.
  locationFromRegion: true,
  regions,
  endpointOf: (region) => `s3.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`,
  // us-east-1 has no constraint, and the old name of eu-west-1 still is one.
  locationConstraints: [...regions.filter((region) => region !== base.defaultRegion), "EU"],
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
  acls: [...acls, "aws-exec-read"],
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
  storageClasses: [
    "STANDARD",
    "AWS_BACKUP_LOW_COST_WARM",
    "AWS_BACKUP_WARM",
    "REDUCED_REDUNDANCY",
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "GLACIER",
    "DEEP_ARCHIVE",
    "GLACIER_IR",
    "OUTPOSTS",
    "SNOW",
    "EXPRESS_ONEZONE",
    "FSX_OPENZFS",
    "FSX_ONTAP"
  ]
}
