/**
 * What a store needs to know: the options after presets, defaults and derivations, each thing once.
 */
import type * as Redacted from "effect/Redacted"

export interface S3Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: Redacted.Redacted<string>
  readonly sessionToken?: Redacted.Redacted<string>
}

export interface S3Settings {
  /** Scheme, host and port of the endpoint, without a bucket. */
  readonly origin: string
  /** The path of the endpoint before the bucket, `` or `/path`, without a slash at its end. */
  readonly basePath: string
  readonly region: string
  /** Whether the bucket is in the path rather than in the host name. */
  readonly pathStyle: boolean
  /** Undefined is anonymous: requests are not signed. */
  readonly credentials: S3Credentials | undefined
  readonly listChunk: number
  /** Whether listings are asked for with `encoding-type=url`. */
  readonly listUrlEncode: boolean
  /** Bytes. A body of at least `uploadCutoff`, or of unknown size, goes up in parts of `chunkSize`. */
  readonly chunkSize: number
  readonly uploadCutoff: number
  readonly uploadConcurrency: number
  readonly maxUploadParts: number
  /** Bytes; a copy of more is made in parts. */
  readonly copyCutoff: number
  readonly leavePartsOnError: boolean
  /** Whether the MD5 of a body that goes up in parts is left out of its metadata. */
  readonly disableChecksum: boolean
  /** Whether the ETag of an upload in parts is the MD5 of the MD5s of its parts. */
  readonly multipartEtag: boolean
  /** Whether completing an upload in parts honours conditions; if not, a conditional one is refused. */
  readonly multipartConditions: boolean
  /** Whether the body of a single PUT is signed as `UNSIGNED-PAYLOAD`. */
  readonly unsignedPayload: boolean
  /** Whether `BucketAlreadyExists` on creating a bucket is an error; else it is read as success. */
  readonly alreadyExistsIsError: boolean
  /** For `CreateBucketConfiguration`; empty leaves it out. */
  readonly locationConstraint: string
  /** The mask of `@mooring/core/encoding/mask`. */
  readonly encoding: number
}
