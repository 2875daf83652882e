/**
 * Ceph Object Gateway.
 */
import { base, type Preset } from "./Preset.ts"

export const ceph: Preset = {
  ...base,
  // Host names of buckets need `rgw_dns_name` and a wildcard in DNS, which few have.
  pathStyle: true,
  // rclone asks for ListObjects, which gateways before Nautilus (2019) need. Our conformance suites hold over Ceph 16
  // with either, and version 2 says itself how to go on.
  listVersion: 2,
  // Gateways before Jewel answer with names that are encoded in part only.
  listUrlEncode: false,
  // The gateway compares If-Match with the ETag without its quotes, and answers 412 to a right one.
  writeConditions: ["ifNoneMatch"],
  // The gateway answers 200 and replaces the object, whatever the condition.
  multipartConditions: false,
  // The gateway says BucketAlreadyExists of buckets that are ours too.
  alreadyExistsIsError: false,
  // The gateway takes names of zone groups here, not regions.
  locationFromRegion: false
}
