/**
 * What a store needs to know: the options after presets, defaults and derivations, each thing once.
 */
import type { Limits } from "@mooring/core/Capabilities"
import type * as Redacted from "effect/Redacted"
import type { CredentialSource } from "./credentials/CredentialSource.ts"

/** A key of the customer's, with which the service encrypts and which it forgets. */
export interface CustomerKey {
  readonly algorithm: string
  /** The bytes of the key in base64. */
  readonly base64: Redacted.Redacted<string>
  /** Their MD5 in base64. */
  readonly md5: string
}

/**
 * Directory buckets of AWS (S3 Express One Zone).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-differences.html
 */
export interface DirectoryBuckets {
  /** The endpoint of the region, where buckets are listed, created and removed; objects are at that of the zone. */
  readonly control: string
  /** The zone of the endpoint, as `usw2-az1`: buckets of others are not reached through it. Undefined takes any. */
  readonly zone: string | undefined
}

/** What is done about gzip. */
export interface Gzip {
  /** Whether GET says that it accepts gzip. Without that some services undo it before they send. */
  readonly accept: boolean
  /** Whether that header is signed: a service behind a proxy that changes it takes no signature of it. */
  readonly signAccept: boolean
  /** Whether objects that are stored as gzip are read without it. */
  readonly decompress: boolean
  /** Whether the service may compress on the way what is stored plain; that is undone. */
  readonly mayCompress: boolean
}

/** The settings; what the service is told is in its own words. */
export interface S3Settings {
  /** Scheme, host and port of the endpoint, without a bucket. */
  readonly origin: string
  /** The endpoint of Transfer Acceleration, for the requests that it takes. */
  readonly accelerated: string | undefined
  /** The path of the endpoint before the bucket, `` or `/path`, without a slash at its end. */
  readonly basePath: string
  readonly region: string
  /** Undefined for buckets of all other kinds. */
  readonly directoryBuckets: DirectoryBuckets | undefined
  /** Whether the bucket is in the path rather than in the host name. */
  readonly pathStyle: boolean
  readonly credentials: CredentialSource
  /** The version of the signatures; 2 is for servers that take no other. */
  readonly signatureVersion: 2 | 4
  readonly listChunk: number
  /** The ListObjects that listings ask for. */
  readonly listVersion: 1 | 2
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
  /** The conditions that a single PUT honours; another is refused. */
  readonly writeConditions: Limits["writeConditions"]
  /** Whether completing an upload in parts honours conditions; if not, a conditional one is refused. */
  readonly multipartConditions: boolean
  /** Whether the body of a single PUT is signed as `UNSIGNED-PAYLOAD`. */
  readonly unsignedPayload: boolean
  /** Whether `BucketAlreadyExists` on creating a bucket is an error; else it is read as success. */
  readonly alreadyExistsIsError: boolean
  /** For `CreateBucketConfiguration`; empty leaves it out. */
  readonly locationConstraint: string
  /** Canned ACLs of new objects and buckets; empty leaves the header out. */
  readonly acl: string
  readonly bucketAcl: string
  /** Storage class of new objects; empty is the choice of the service. */
  readonly storageClass: string
  /** The storage classes of the vendor, as far as they are known. */
  readonly tiers: ReadonlyArray<string>
  /** Encryption by the service; undefined is the choice of the bucket. */
  readonly encryption: { readonly algorithm: string; readonly kmsKeyId: string } | undefined
  readonly customerKey: CustomerKey | undefined
  readonly requesterPays: boolean
  /** Whether content types and storage classes are set and read. */
  readonly systemMetadata: boolean
  /** Whether empty directories are kept, as objects without bytes whose key ends in a slash. */
  readonly directoryMarkers: boolean
  /** Whether large objects go up in parts; if not, all go up in one request. */
  readonly multipartUploads: boolean
  /** Whether small objects go up by requests whose signature is in the query. */
  readonly presignedUploads: boolean
  /** Whether listings show old versions, and markers of deletion with them. */
  readonly oldVersions: "hidden" | "listed" | "listed with markers"
  /** Milliseconds since 1970: everything is shown as it was then, and nothing can be changed. */
  readonly versionAt: number | undefined
  readonly gzip: Gzip
  /** Where objects are downloaded from instead: an address without a slash at its end. */
  readonly downloadUrl: string | undefined
  /** The mask of `@mooring/core/encoding/mask`. */
  readonly encoding: number
}
