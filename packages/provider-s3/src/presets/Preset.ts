/**
 * What differs from vendor to vendor.
 */

/** One vendor. An option that the user wrote wins over all but the limits. */
export interface Preset {
  /** Whether the bucket is in the path rather than in the host name. */
  readonly pathStyle: boolean
  /** Whether listings may be asked for with `encoding-type=url`. */
  readonly listUrlEncode: boolean
  /** Whether the ETag of an upload in parts is the MD5 of the MD5s of its parts. */
  readonly multipartEtag: boolean
  /** Whether completing an upload in parts honours If-Match and If-None-Match. */
  readonly multipartConditions: boolean
  /** Whether `BucketAlreadyExists` says that the bucket is not ours. */
  readonly alreadyExistsIsError: boolean
  /** Whether the body of a single PUT is left out of the signature. */
  readonly unsignedPayload: boolean
  /** Whether a bucket is created in the region of the settings when no other is chosen. */
  readonly locationFromRegion: boolean
  /** Most parts of an upload. */
  readonly maxUploadParts: number
  /** Bytes; the smallest part of an upload but its last. */
  readonly minChunkSize: number
  /** The endpoint for a region, for services that have one for everybody. */
  readonly endpointOf?: (region: string) => string
}

/** What most services have in common, and S3 itself. */
export const limits = { maxUploadParts: 10_000, minChunkSize: 5 * 1024 * 1024 } as const
