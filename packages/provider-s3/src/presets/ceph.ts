/**
 * Ceph Object Gateway.
 */
import { limits, type Preset } from "./Preset.ts"

export const ceph: Preset = {
  ...limits,
  // Host names of buckets need `rgw_dns_name` and a wildcard in DNS, which few have.
  pathStyle: true,
  // Gateways before Jewel answer with names that are encoded in part only.
  listUrlEncode: false,
  multipartEtag: true,
  // The gateway answers 200 and replaces the object, whatever the condition.
  multipartConditions: false,
  // The gateway says BucketAlreadyExists of buckets that are ours too.
  alreadyExistsIsError: false,
  unsignedPayload: true,
  // The gateway takes names of zone groups here, not regions.
  locationFromRegion: false
}
