/**
 * What the double does and how sure we are of it. The tests take their cases from these tables by type, so a behaviour
 * without a case, or a case without a behaviour, does not compile.
 */
export interface Behaviour {
  /** The vendor's own client or signer ran it; a vendor page says it; or we believe it. */
  readonly evidence: "vendor-validated" | "documented" | "assumed"
  readonly rule: string
}

const validated = (rule: string) => ({ evidence: "vendor-validated", rule }) as const
const documented = (rule: string) => ({ evidence: "documented", rule }) as const
const assumed = (rule: string) => ({ evidence: "assumed", rule }) as const

/** What `@aws-sdk/client-s3` or `@smithy/signature-v4` completes. */
export const admissions = {
  listBuckets: validated("ListBuckets tells every bucket by name"),
  headBucket: validated("HeadBucket tells the region"),
  createBucket: validated("CreateBucket in us-east-1 without a constraint"),
  createBucketElsewhere: validated("CreateBucket with the endpoint's own location constraint"),
  deleteBucket: validated("DeleteBucket of an empty bucket"),
  getBucketLocation: validated("GetBucketLocation tells nothing for us-east-1"),
  listObjects: validated("ListObjectsV2 by prefix, in the order of UTF-8 bytes"),
  listPages: validated("ListObjectsV2 in pages by continuation token, common prefixes counted"),
  listDelimiter: validated("ListObjectsV2 groups by delimiter"),
  listStartAfter: validated("ListObjectsV2 starts after a key"),
  listUrlEncoding: validated("ListObjectsV2 encodes keys on encoding-type=url"),
  listVersionOne: validated("ListObjects by prefix, in the order of UTF-8 bytes, each object with its owner"),
  listMarkers: validated("ListObjects in pages by NextMarker, which stands for a common prefix too"),
  listMarkersBare: validated("ListObjects without a delimiter tells no NextMarker; the last key goes on"),
  listMarkerEncoding: validated("ListObjects encodes keys and NextMarker on encoding-type=url"),
  putObject: validated("PutObject with Content-MD5 answers the MD5 as ETag"),
  putMetadata: validated("PutObject keeps user metadata, content type and system headers"),
  putConditionally: validated("PutObject with If-None-Match: * on a free key and If-Match on the right ETag"),
  getObject: validated("GetObject gives the bytes"),
  getRange: validated("GetObject gives a range"),
  getSuffix: validated("GetObject gives a suffix range"),
  headObject: validated("HeadObject tells the length without a body"),
  deleteObject: validated("DeleteObject succeeds, also on a missing key"),
  deleteObjects: validated("DeleteObjects tells what it deleted"),
  copyObject: validated("CopyObject keeps metadata"),
  copyReplacing: validated("CopyObject onto itself replaces metadata on REPLACE"),
  multipart: validated("A multipart upload of 5 MiB and a rest; ETag is md5-of-md5s-N"),
  uploadPartCopy: validated("UploadPartCopy takes a range of another object"),
  abortMultipart: validated("AbortMultipartUpload forgets the upload"),
  listMultipartUploads: validated("ListMultipartUploads tells uploads under way, in pages"),
  versions: validated("PutBucketVersioning: every state is kept, the newest first, and read by its id"),
  versionPages: validated("ListObjectVersions in pages by key and version, grouped by delimiter"),
  deleteMarker: validated("DeleteObject leaves a marker; without it the object is back"),
  listParts: validated("ListParts in pages, by number"),
  customerKey: validated("A key of the customer's encrypts, decrypts and is told by its MD5; the ETag is no MD5"),
  managedKey: validated("A key of KMS is told back"),
  copyVersion: validated("CopyObject of one version"),
  requestPayer: validated("A requester may offer to pay"),
  publicObject: validated("An object with the ACL public-read is read without a signature"),
  exactKeys: validated("Keys with dots, doubled slashes, plus, percent and Unicode keep their bytes"),
  sessionToken: validated("A temporary key with its session token"),
  presignedGet: validated("A presigned GET"),
  virtualHost: validated("A request to bucket.localhost")
} satisfies Record<string, Behaviour>

/** A valid request, changed in one thing, is refused. */
export const mutations = {
  signatureFlipped: documented("A changed signature is SignatureDoesNotMatch"),
  pathFlipped: documented("A changed path is SignatureDoesNotMatch"),
  signedHeaderFlipped: documented("A changed signed header is SignatureDoesNotMatch"),
  queryFlipped: documented("A changed query is SignatureDoesNotMatch"),
  queryAdded: documented("An added parameter is SignatureDoesNotMatch"),
  methodChanged: documented("A changed method is SignatureDoesNotMatch"),
  hostChanged: documented("A changed host is SignatureDoesNotMatch"),
  bodyFlipped: documented("A changed body under a signed payload is XAmzContentSHA256Mismatch"),
  clockBehind: documented("A request 16 minutes old is RequestTimeTooSkewed"),
  clockAhead: documented("A request 16 minutes early is RequestTimeTooSkewed"),
  dateDropped: documented("Without x-amz-date and Date it is AccessDenied"),
  payloadHashDropped: documented("Without x-amz-content-sha256 it is InvalidRequest"),
  payloadHashInvalid: documented("Another x-amz-content-sha256 than a digest is InvalidArgument"),
  hostUnsigned: assumed("Without host in SignedHeaders it is AccessDenied"),
  amzHeaderUnsigned: documented("An x-amz-* header that is not signed is AccessDenied"),
  wrongRegion: documented("Another region is AuthorizationHeaderMalformed with Region"),
  wrongService: assumed("Another service is AuthorizationHeaderMalformed"),
  wrongScopeDate: documented("A scope of another day is AuthorizationHeaderMalformed"),
  unknownKey: documented("An unknown key is InvalidAccessKeyId"),
  wrongSecret: documented("A wrong secret is SignatureDoesNotMatch"),
  authorizationDropped: documented("An anonymous request is AccessDenied"),
  authorizationMalformed: documented("A broken Authorization is AuthorizationHeaderMalformed"),
  signatureVersion2: documented("A version 2 signature is InvalidRequest"),
  twoMechanisms: documented("Header and query authentication at once is InvalidArgument"),
  tokenUnknown: documented("A session token on a lasting key is InvalidToken"),
  tokenDropped: assumed("A temporary key without its token is InvalidAccessKeyId"),
  presignedExpired: documented("An expired presigned URL is AccessDenied"),
  presignedTampered: documented("A changed presigned query is SignatureDoesNotMatch"),
  presignedExtended: documented("A changed X-Amz-Expires is SignatureDoesNotMatch"),
  presignedTooLong: documented("X-Amz-Expires over a week is AuthorizationQueryParametersError"),
  presignedIncomplete: documented("A missing X-Amz-Date is AuthorizationQueryParametersError"),
  presignedElsewhere: assumed("A presigned URL of another region is AuthorizationQueryParametersError"),
  contentMd5Wrong: documented("A wrong Content-MD5 is BadDigest"),
  contentMd5Invalid: documented("A Content-MD5 that is no digest is InvalidDigest"),
  checksumWrong: assumed("A wrong x-amz-checksum-crc32 is BadDigest"),
  lengthMissing: documented("An upload without Content-Length is MissingContentLength"),
  chunked: assumed("Transfer-Encoding: chunked is NotImplemented"),
  streamingPayload: assumed("The double does not read aws-chunked bodies: NotImplemented, where S3 takes them"),
  doctype: documented("A document with a DOCTYPE is MalformedXML"),
  xmlTruncated: documented("A document that is not well-formed is MalformedXML"),
  xmlUnknownElement: assumed("An element the schema lacks is MalformedXML"),
  digestMissing: documented("DeleteObjects without a digest is InvalidRequest"),
  percentBroken: documented("A target that is no URI is InvalidURI"),
  subresourceUnknown: assumed("A subresource the double lacks is NotImplemented"),
  tokenInVersionOne: assumed("A continuation token without list-type=2 is NotImplemented, where S3 ignores it"),
  maxKeysBroken: documented("A max-keys that is no number is InvalidArgument"),
  encodingUnknown: documented("Another encoding-type than url is InvalidArgument"),
  amzHeaderUnknown: assumed("An x-amz-* header the double lacks is NotImplemented")
} satisfies Record<string, Behaviour>

/** An operation's own refusals, as the vendor's client sees them. */
export const refusals = {
  partTooSmall: documented("A part under 5 MiB that is not the last is EntityTooSmall at completion"),
  partEtagWrong: documented("A part with another ETag is InvalidPart"),
  partMissing: documented("A part that was not uploaded is InvalidPart"),
  partsOutOfOrder: documented("Parts not in ascending order are InvalidPartOrder"),
  partNumberZero: documented("A part number of 0 is InvalidArgument"),
  uploadUnknown: documented("An unknown upload is NoSuchUpload"),
  uploadCompleted: assumed("A completed upload is NoSuchUpload at once"),
  completionConditionFailed: documented("CompleteMultipartUpload with If-None-Match: * on a taken key is 412"),
  keyMissing: documented("GetObject of a missing key is NoSuchKey"),
  headMissing: documented("HeadObject of a missing key is 404 without a body"),
  bucketMissing: documented("A missing bucket is NoSuchBucket"),
  bucketNotEmpty: documented("DeleteBucket with objects is BucketNotEmpty"),
  bucketOwned: documented("CreateBucket again outside us-east-1 is BucketAlreadyOwnedByYou"),
  bucketNameInvalid: documented("A bucket name of two letters is InvalidBucketName"),
  bucketElsewhere: documented("A bucket of another region is PermanentRedirect"),
  constraintForeign: documented("Another constraint than the endpoint's region is IllegalLocationConstraintException"),
  createTaken: documented("PutObject with If-None-Match: * on a taken key is 412"),
  replaceChanged: documented("PutObject with another If-Match is 412"),
  replaceMissing: documented("PutObject with If-Match on a missing key is NoSuchKey"),
  readChanged: documented("GetObject with another If-Match is 412"),
  notModified: documented("GetObject with the same If-None-Match is 304"),
  rangeBeyond: documented("A range beyond the end is InvalidRange"),
  copyOntoItself: documented("CopyObject onto itself without a change is InvalidRequest"),
  copySourceMissing: documented("CopyObject of a missing key is NoSuchKey"),
  copySourceChanged: documented("CopyObject with another x-amz-copy-source-if-match is 412"),
  copyRangeBeyond: documented("UploadPartCopy of a range beyond the source is InvalidArgument"),
  versionMissing: documented("A version that is not there is NoSuchVersion"),
  markerRead: documented("A marker of deletion cannot be read: MethodNotAllowed"),
  customerKeyMissing: documented("GetObject without the customer's key is InvalidRequest"),
  customerKeyOther: documented("GetObject with another key is AccessDenied"),
  customerKeyNeedless: documented("GetObject with a key that the object was not written with is InvalidRequest"),
  customerKeyDigest: documented("A key with another MD5 is InvalidArgument"),
  partWithoutKey: documented("A part without the key of its upload is InvalidRequest"),
  archived: documented("GetObject of the class GLACIER is InvalidObjectState"),
  aclUnknown: documented("A canned ACL that is none is InvalidArgument"),
  privateObject: documented("An object with the ACL private is AccessDenied to a stranger"),
  versionsRemain: documented("DeleteBucket with versions left is BucketNotEmpty"),
  partsOfUnknown: documented("ListParts of an unknown upload is NoSuchUpload"),
  tokenForeign: documented("A continuation token that was not given is InvalidArgument"),
  keyTooLong: documented("A key of 1025 bytes is KeyTooLongError"),
  metadataTooLarge: documented("More than 2 KiB of metadata is MetadataTooLarge"),
  readOnly: documented("A read-only key does not write: AccessDenied"),
  writeOnly: documented("A write-only key does not read: AccessDenied"),
  otherBucket: documented("A key of one bucket does not reach another: AccessDenied")
} satisfies Record<string, Behaviour>

export const behaviours = { ...admissions, ...mutations, ...refusals }

export type BehaviourId = keyof typeof behaviours
