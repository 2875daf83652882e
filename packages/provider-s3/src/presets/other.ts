/**
 * A service of which nothing is known: what nearly all of them understand.
 */
import { base, unknownAcls, type Preset } from "./Preset.ts"

export const other: Preset = {
  ...base,
  // An address, or a name without a wildcard in DNS, cannot have buckets before it.
  pathStyle: true,
  // All services have had ListObjects from the start, and some take a request for ListObjectsV2 for one.
  listVersion: 1,
  // Some ignore the parameter and answer with plain names, which must not be decoded then.
  listUrlEncode: false,
  // Some make ETags of uploads in parts in ways of their own.
  multipartEtag: false,
  // Some ignore what they do not know, and replace the object.
  multipartConditions: false,
  // Some say BucketAlreadyExists of buckets that are ours too.
  alreadyExistsIsError: false,
  // rclone suggests those of S3; what this service has is for it to say.
  ...unknownAcls
}
