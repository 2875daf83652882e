/**
 * What differs from vendor to vendor.
 *
 * What a record rests on is said beside it: the vendor's own pages, our conformance suites, or what rclone found, which
 * has met all of these services. Where nothing is known, the value is the one that cannot do harm.
 */
import type { Limits } from "@mooring/core/Capabilities"

/** One vendor. An option that the user wrote wins over all but the limits and the lists. */
export interface Preset {
  /** Whether the bucket is in the path rather than in the host name. */
  readonly pathStyle: boolean
  /** The ListObjects to ask for. */
  readonly listVersion: 1 | 2
  /** Whether listings may be asked for with `encoding-type=url`. */
  readonly listUrlEncode: boolean
  /** Whether the ETag of an upload in parts is the MD5 of the MD5s of its parts. */
  readonly multipartEtag: boolean
  /** The conditions that a single PUT honours. */
  readonly writeConditions: Limits["writeConditions"]
  /** Whether completing an upload in parts honours If-Match and If-None-Match. */
  readonly multipartConditions: boolean
  /** Whether `BucketAlreadyExists` says that the bucket is not ours. */
  readonly alreadyExistsIsError: boolean
  /** Whether the body of a single PUT is left out of the signature. */
  readonly unsignedPayload: boolean
  /** Whether the service may compress what it sends although it was stored as it is. */
  readonly mightGzip: boolean
  /** Whether a request may say that it accepts gzip. */
  readonly acceptEncodingGzip: boolean
  /** Whether Accept-Encoding may be among the signed headers. */
  readonly signAcceptEncoding: boolean
  /** Whether a bucket is created in the region of the settings when no other is chosen. */
  readonly locationFromRegion: boolean
  /** Most parts of an upload. */
  readonly maxUploadParts: number
  /** Bytes; the smallest part of an upload but its last. */
  readonly minChunkSize: number
  /** Bytes; a copy of more is made in parts unless the option says otherwise. Undefined is the option's default. */
  readonly copyCutoff: number | undefined
  /** The region when neither the user nor the endpoint names one. */
  readonly defaultRegion: string
  /** The regions that are known, the most usual first; empty where any will do. */
  readonly regions: ReadonlyArray<string>
  /** The endpoints that are known, the most usual first. A name in braces is for the user to fill in. */
  readonly endpoints: ReadonlyArray<string>
  /** The endpoint for a region, for services that have one for everybody. */
  readonly endpointOf?: (region: string) => string
  /** What CreateBucket may name, where it is not a region; a suggestion. */
  readonly locationConstraints: ReadonlyArray<string>
  /** The canned ACLs of objects and of buckets; undefined where they are not known, and any is sent. */
  readonly acls: ReadonlyArray<string> | undefined
  readonly bucketAcls: ReadonlyArray<string> | undefined
  /** The storage classes; undefined where they are not known, and any is sent. */
  readonly storageClasses: ReadonlyArray<string> | undefined
}

/** The canned ACLs of buckets, which all services have that have any. */
export const bucketAcls = ["private", "public-read", "public-read-write", "authenticated-read"]

/** The canned ACLs of objects. */
export const acls = [...bucketAcls, "bucket-owner-read", "bucket-owner-full-control"]

/** Where no canned ACLs are known. */
export const unknownAcls = { acls: undefined, bucketAcls: undefined } as const

/** Never copies in parts. */
export const wholeCopies = { copyCutoff: Number.MAX_SAFE_INTEGER } as const

/** What most services have in common. Each record says what is different. */
export const base: Preset = {
  pathStyle: false,
  listVersion: 2,
  listUrlEncode: true,
  multipartEtag: true,
  writeConditions: ["ifMatch", "ifNoneMatch"],
  // A service that ignores the condition answers 200 and replaces the object: honoured only where that is known.
  multipartConditions: false,
  alreadyExistsIsError: true,
  unsignedPayload: true,
  mightGzip: true,
  acceptEncodingGzip: true,
  signAcceptEncoding: true,
  locationFromRegion: false,
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
  maxUploadParts: 10_000,
  minChunkSize: 5 * 1024 * 1024,
  copyCutoff: undefined,
  defaultRegion: "us-east-1",
  regions: [],
  endpoints: [],
  locationConstraints: [],
  acls,
  bucketAcls,
  storageClasses: undefined
}

/** A vendor whose endpoints differ in the region alone. */
export const regional = (regions: ReadonlyArray<string>, endpointOf: (region: string) => string) => ({
  regions,
  endpointOf,
  endpoints: regions.map(endpointOf)
})
