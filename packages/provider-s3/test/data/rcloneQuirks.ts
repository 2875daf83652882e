/**
 * What rclone 1.76.0 does for each vendor, and for StackPath 1.69.3, the last to know it. Source: the provider files
 * beside its `backend/s3`, with its defaults put in. Hoody-VFS is its provider `Rclone`.
 */
import type { ProviderName } from "../../src/presets/index.ts"

const mebibyte = 1024 * 1024

/** rclone has 2^63 - 1 bytes here. */
const whole = Number.MAX_SAFE_INTEGER

const canned = ["private", "public-read", "public-read-write", "authenticated-read"]

const common = {
  listVersion: 2,
  pathStyle: false,
  listUrlEncode: true,
  multipartEtag: true,
  alreadyExistsIsError: true,
  unsignedPayload: true,
  mightGzip: true,
  acceptEncodingGzip: true,
  signAcceptEncoding: true,
  maxUploadParts: 10_000,
  minChunkSize: 5 * mebibyte,
  copyCutoff: undefined as number | undefined,
  acls: [...canned, "bucket-owner-read", "bucket-owner-full-control"] as ReadonlyArray<string> | undefined,
  bucketAcls: canned as ReadonlyArray<string> | undefined,
  storageClasses: undefined as ReadonlyArray<string> | undefined,
  /** How many it suggests. */
  regions: 0,
  endpoints: 0,
  locationConstraints: 0
}

export const rcloneQuirks: Readonly<Record<ProviderName, typeof common>> = {
  AWS: {
    ...common,
    mightGzip: false,
    unsignedPayload: false,
    storageClasses: [
      "STANDARD",
      "REDUCED_REDUNDANCY",
      "STANDARD_IA",
      "ONEZONE_IA",
      "GLACIER",
      "DEEP_ARCHIVE",
      "INTELLIGENT_TIERING",
      "GLACIER_IR"
    ],
    regions: 26,
    locationConstraints: 25
  },
  Alibaba: { ...common, multipartEtag: false, storageClasses: ["STANDARD", "GLACIER", "STANDARD_IA"], endpoints: 25 },
  ArvanCloud: {
    ...common,
    listVersion: 1,
    pathStyle: true,
    listUrlEncode: false,
    alreadyExistsIsError: false,
    storageClasses: ["STANDARD"],
    endpoints: 2,
    locationConstraints: 2
  },
  Ceph: { ...common, listVersion: 1, pathStyle: true, listUrlEncode: false, alreadyExistsIsError: false },
  ChinaMobile: {
    ...common,
    listVersion: 1,
    pathStyle: true,
    listUrlEncode: false,
    alreadyExistsIsError: false,
    acls: canned,
    storageClasses: ["STANDARD", "GLACIER", "STANDARD_IA"],
    endpoints: 30,
    locationConstraints: 30
  },
  Cloudflare: { ...common, pathStyle: true, multipartEtag: false, acls: undefined, bucketAcls: undefined, regions: 1 },
  DigitalOcean: { ...common, listUrlEncode: false, alreadyExistsIsError: false, endpoints: 10 },
  Dreamhost: { ...common, listUrlEncode: false, alreadyExistsIsError: false, endpoints: 1 },
  GCS: { ...common, acceptEncodingGzip: false, copyCutoff: whole, signAcceptEncoding: false, endpoints: 1 },
  HuaweiOBS: {
    ...common,
    listVersion: 1,
    listUrlEncode: false,
    alreadyExistsIsError: false,
    regions: 15,
    endpoints: 15
  },
  IBMCOS: {
    ...common,
    listVersion: 1,
    pathStyle: true,
    listUrlEncode: false,
    multipartEtag: false,
    alreadyExistsIsError: false,
    acls: canned,
    endpoints: 62,
    locationConstraints: 32
  },
  IDrive: { ...common, pathStyle: true, alreadyExistsIsError: false },
  IONOS: { ...common, pathStyle: true, listUrlEncode: false, alreadyExistsIsError: false, regions: 6, endpoints: 6 },
  LyveCloud: { ...common, multipartEtag: false, alreadyExistsIsError: false, endpoints: 2 },
  Leviia: { ...common, alreadyExistsIsError: false, endpoints: 1 },
  Liara: {
    ...common,
    pathStyle: true,
    listUrlEncode: false,
    multipartEtag: false,
    alreadyExistsIsError: false,
    storageClasses: ["STANDARD"],
    endpoints: 1
  },
  Linode: { ...common, endpoints: 21 },
  Magalu: {
    ...common,
    listVersion: 1,
    pathStyle: true,
    listUrlEncode: false,
    multipartEtag: false,
    alreadyExistsIsError: false,
    storageClasses: ["STANDARD", "GLACIER_IR"],
    endpoints: 2
  },
  Minio: { ...common, pathStyle: true },
  Netease: { ...common, listVersion: 1, listUrlEncode: false, multipartEtag: false, alreadyExistsIsError: false },
  Outscale: { ...common, pathStyle: true, regions: 5, endpoints: 5 },
  Petabox: { ...common, alreadyExistsIsError: false, regions: 5, endpoints: 6 },
  RackCorp: {
    ...common,
    multipartEtag: false,
    alreadyExistsIsError: false,
    regions: 19,
    endpoints: 19,
    locationConstraints: 19
  },
  "Hoody-VFS": {
    ...common,
    pathStyle: true,
    multipartEtag: false,
    alreadyExistsIsError: false,
    copyCutoff: whole,
    acls: undefined,
    bucketAcls: undefined
  },
  Scaleway: {
    ...common,
    maxUploadParts: 1000,
    storageClasses: ["STANDARD", "GLACIER", "ONEZONE_IA"],
    regions: 3,
    endpoints: 3
  },
  SeaweedFS: {
    ...common,
    listVersion: 1,
    pathStyle: true,
    listUrlEncode: false,
    multipartEtag: false,
    alreadyExistsIsError: false,
    endpoints: 1
  },
  Selectel: { ...common, listUrlEncode: false, acls: undefined, bucketAcls: undefined, regions: 6, endpoints: 6 },
  StackPath: {
    ...common,
    listVersion: 1,
    pathStyle: true,
    listUrlEncode: false,
    alreadyExistsIsError: false,
    endpoints: 3
  },
  Storj: {
    ...common,
    alreadyExistsIsError: false,
    copyCutoff: whole,
    minChunkSize: 64 * mebibyte,
    acls: undefined,
    bucketAcls: undefined,
    endpoints: 1
  },
  Synology: {
    ...common,
    multipartEtag: false,
    alreadyExistsIsError: false,
    acls: undefined,
    bucketAcls: undefined,
    regions: 5,
    endpoints: 5
  },
  TencentCOS: {
    ...common,
    listVersion: 1,
    multipartEtag: false,
    alreadyExistsIsError: false,
    acls: [
      "default",
      "public-read",
      "public-read-write",
      "authenticated-read",
      "bucket-owner-read",
      "bucket-owner-full-control"
    ],
    storageClasses: ["STANDARD", "ARCHIVE", "STANDARD_IA"],
    endpoints: 18
  },
  Wasabi: { ...common, endpoints: 14 },
  Qiniu: {
    ...common,
    pathStyle: true,
    listUrlEncode: false,
    multipartEtag: false,
    alreadyExistsIsError: false,
    storageClasses: ["STANDARD", "LINE", "GLACIER", "DEEP_ARCHIVE"],
    regions: 7,
    endpoints: 7,
    locationConstraints: 7
  },
  Other: {
    ...common,
    listVersion: 1,
    pathStyle: true,
    listUrlEncode: false,
    multipartEtag: false,
    alreadyExistsIsError: false
  }
}
