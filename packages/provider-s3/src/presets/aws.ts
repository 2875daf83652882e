/**
 * Amazon S3.
 */
import { limits, type Preset } from "./Preset.ts"

export const aws: Preset = {
  ...limits,
  // Buckets made since 2020 may lose addresses in path style; host names work for all of them.
  pathStyle: false,
  // Keys may hold characters that XML 1.0 cannot, such as U+0001.
  listUrlEncode: true,
  multipartEtag: true,
  multipartConditions: true,
  // Names are global: a bucket of this name is usually of somebody else.
  alreadyExistsIsError: true,
  // S3 checks SHA-256 of what it is sent, and policies may demand it (s3:x-amz-content-sha256).
  unsignedPayload: false,
  // Without a constraint S3 creates buckets in us-east-1, and refuses that at the endpoint of any other region.
  locationFromRegion: true,
  endpointOf: (region) => `s3.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`
}
