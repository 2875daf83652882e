/**
 * What the double does and how sure we are of it. The tests take their cases from these tables by type, so a behaviour
 * without a case, or a case without a behaviour, does not compile.
 */
export type Behaviour =
  /** The vendor's own client or signer ran it, or we believe it. */
  | { readonly evidence: "vendor-validated" | "assumed"; readonly rule: string }
  /** The vendor's page says it, or somebody recorded the vendor's answer, at this address. */
  | { readonly evidence: "documented" | "recorded"; readonly rule: string; readonly source: string }

const validated = (rule: string) => ({ evidence: "vendor-validated", rule }) as const
const documented = (source: string, rule: string) => ({ evidence: "documented", rule, source }) as const
const recorded = (source: string, rule: string) => ({ evidence: "recorded", rule, source }) as const
const assumed = (rule: string) => ({ evidence: "assumed", rule }) as const

const operation = (name: string) => `https://docs.aws.amazon.com/AmazonS3/latest/API/API_${name}.html`

/** The codes of errors, each with what it means. */
const errorCodes = operation("Error")

/** Answers of the service itself to tests of LocalStack, which are committed with them. */
const recording = (suite: string) =>
  "https://github.com/localstack/localstack/blob/8b9a79f05846835cf4dff63ab7eefdde9df83783/tests/aws/services/s3/" +
  `${suite}.snapshot.json`

/** An answer of the service in somebody's report. */
const report = (path: string) => `https://github.com/${path}`

/** Signatures of version 2. */
const signatures2 = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html"

/** Encryption with keys of customers. */
const customerKeys = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html"

/** Directory buckets. */
const directory = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-differences.html"
const sessions = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-create-session.html"

/** What `@aws-sdk/client-s3` or `@smithy/signature-v4` completes; version 2, which they left, by hand. */
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
  virtualHost: validated("A request to bucket.localhost"),
  directorySession: validated("Directory: one session signs PutObject, HeadObject, GetObject and DeleteObject"),
  directorySessionAnew: validated("Directory: a session that has ended is followed by another"),
  directoryListing: validated("Directory: ListObjectsV2 in pages, by prefix and delimiter, in no order"),
  directoryCopies: validated("Directory: CopyObject and UploadPartCopy are signed by the account"),
  directoryParts: validated("Directory: a multipart upload whose parts have CRC-32s, as its completion"),
  directoryDeletes: validated("Directory: DeleteObjects by its CRC-32"),
  directoryUploads: validated("Directory: ListMultipartUploads in pages by a key marker that is no key"),
  directoryBuckets: validated("Directory: CreateBucket, ListDirectoryBuckets in pages, HeadBucket and DeleteBucket"),
  version2: documented(
    signatures2,
    "Version 2: MD5, type, date, x-amz-* headers in order of their names, and the path are signed"
  ),
  version2AmzDate: documented(signatures2, "Version 2: x-amz-date stands for Date, which then is signed as empty"),
  version2Subresource: documented(
    signatures2,
    "Version 2: of a query the subresources are signed, bare where they have no value"
  ),
  version2OpenQuery: documented(signatures2, "Version 2: the rest of the query is not signed"),
  version2Host: documented(signatures2, "Version 2: a bucket in the host is signed before the path"),
  version2Token: documented(signatures2, "Version 2: a session token is signed as a header"),
  version2Link: documented(
    signatures2,
    "Version 2: a link signs its end and, decoded, what overrides headers of the answer"
  ),
  version2LinkToken: assumed("Version 2: a link has its session token as a parameter and signs it as a header")
} satisfies Record<string, Behaviour>

/** A valid request, changed in one thing, is refused. */
export const mutations = {
  signatureFlipped: documented(errorCodes, "A changed signature is SignatureDoesNotMatch"),
  pathFlipped: documented(errorCodes, "A changed path is SignatureDoesNotMatch"),
  signedHeaderFlipped: documented(errorCodes, "A changed signed header is SignatureDoesNotMatch"),
  queryFlipped: documented(errorCodes, "A changed query is SignatureDoesNotMatch"),
  queryAdded: documented(errorCodes, "An added parameter is SignatureDoesNotMatch"),
  methodChanged: documented(errorCodes, "A changed method is SignatureDoesNotMatch"),
  hostChanged: documented(errorCodes, "A changed host is SignatureDoesNotMatch"),
  bodyFlipped: recorded(
    report("s3tools/s3cmd/issues/812"),
    "A changed body under a signed payload is XAmzContentSHA256Mismatch"
  ),
  clockBehind: recorded(report("aws/aws-sdk-php/issues/612"), "A request 16 minutes old is RequestTimeTooSkewed"),
  clockAhead: recorded(report("aws/aws-sdk-php/issues/612"), "A request 16 minutes early is RequestTimeTooSkewed"),
  dateDropped: assumed("Without x-amz-date and Date it is AccessDenied"),
  payloadHashDropped: assumed("Without x-amz-content-sha256 it is InvalidRequest"),
  payloadHashInvalid: assumed("Another x-amz-content-sha256 than a digest is InvalidArgument"),
  hostUnsigned: assumed("Without host in SignedHeaders it is AccessDenied"),
  amzHeaderUnsigned: recorded(recording("test_s3"), "An x-amz-* header that is not signed is AccessDenied"),
  wrongRegion: recorded(recording("test_s3"), "Another region is AuthorizationHeaderMalformed with Region"),
  wrongService: assumed("Another service is AuthorizationHeaderMalformed"),
  wrongScopeDate: assumed("A scope of another day is AuthorizationHeaderMalformed"),
  unknownKey: documented(errorCodes, "An unknown key is InvalidAccessKeyId"),
  wrongSecret: documented(errorCodes, "A wrong secret is SignatureDoesNotMatch"),
  authorizationDropped: assumed("An anonymous request is AccessDenied"),
  authorizationMalformed: documented(errorCodes, "A broken Authorization is AuthorizationHeaderMalformed"),
  signatureVersion2: documented(errorCodes, "A version 2 signature is InvalidRequest where only version 4 is taken"),
  twoMechanisms: recorded(
    report("catalyst/moodle-tool_objectfs/issues/303"),
    "Header and query authentication at once is InvalidArgument"
  ),
  tokenUnknown: documented(errorCodes, "A session token on a lasting key is InvalidToken"),
  tokenDropped: assumed("A temporary key without its token is InvalidAccessKeyId"),
  presignedExpired: recorded(recording("test_s3"), "An expired presigned URL is AccessDenied"),
  presignedTampered: documented(errorCodes, "A changed presigned query is SignatureDoesNotMatch"),
  presignedExtended: documented(errorCodes, "A changed X-Amz-Expires is SignatureDoesNotMatch"),
  presignedTooLong: assumed("X-Amz-Expires over a week is AuthorizationQueryParametersError"),
  presignedIncomplete: recorded(recording("test_s3"), "A missing X-Amz-Date is AuthorizationQueryParametersError"),
  version2Signature: documented(signatures2, "Version 2: a changed signature is SignatureDoesNotMatch"),
  version2Method: documented(signatures2, "Version 2: a changed method is SignatureDoesNotMatch"),
  version2Path: documented(signatures2, "Version 2: a changed path is SignatureDoesNotMatch"),
  version2Bucket: documented(signatures2, "Version 2: another bucket in the host is SignatureDoesNotMatch"),
  version2Md5: documented(signatures2, "Version 2: another Content-MD5 is SignatureDoesNotMatch"),
  version2Type: documented(signatures2, "Version 2: another Content-Type is SignatureDoesNotMatch"),
  version2TypeAdded: documented(signatures2, "Version 2: an added Content-Type is SignatureDoesNotMatch"),
  version2Date: documented(signatures2, "Version 2: another Date is SignatureDoesNotMatch"),
  version2AmzHeader: documented(signatures2, "Version 2: a changed x-amz-* header is SignatureDoesNotMatch"),
  version2AmzHeaderAdded: documented(signatures2, "Version 2: an added x-amz-* header is SignatureDoesNotMatch"),
  version2AmzHeaderDropped: documented(signatures2, "Version 2: a dropped x-amz-* header is SignatureDoesNotMatch"),
  version2SubresourceAdded: documented(signatures2, "Version 2: an added subresource is SignatureDoesNotMatch"),
  version2SubresourceChanged: documented(
    signatures2,
    "Version 2: a changed value of a subresource is SignatureDoesNotMatch"
  ),
  version2Body: documented(signatures2, "Version 2: a changed body is BadDigest by its signed Content-MD5"),
  version2Behind: documented(signatures2, "Version 2: a request 16 minutes old is RequestTimeTooSkewed"),
  version2Ahead: documented(signatures2, "Version 2: a request 16 minutes early is RequestTimeTooSkewed"),
  version2DateDropped: documented(signatures2, "Version 2: without Date and x-amz-date it is AccessDenied"),
  version2DateInvalid: documented(signatures2, "Version 2: a date that is none of HTTP is AccessDenied"),
  version2UnknownKey: documented(signatures2, "Version 2: an unknown key is InvalidAccessKeyId"),
  version2WrongSecret: documented(signatures2, "Version 2: a wrong secret is SignatureDoesNotMatch"),
  version2Malformed: assumed("Version 2: an Authorization without a colon is InvalidArgument"),
  version2TokenDropped: assumed("Version 2: a temporary key without its token is InvalidAccessKeyId"),
  version2TwoMechanisms: documented(signatures2, "Version 2: a header and a link at once are InvalidArgument"),
  version2LinkExpired: documented(signatures2, "Version 2: a link after its end is AccessDenied"),
  version2LinkExtended: documented(signatures2, "Version 2: a link with another end is SignatureDoesNotMatch"),
  version2LinkIncomplete: assumed("Version 2: a link without Expires is AccessDenied"),
  version2LinkTampered: documented(signatures2, "Version 2: a link with another override is SignatureDoesNotMatch"),
  presignedElsewhere: assumed("A presigned URL of another region is AuthorizationQueryParametersError"),
  contentMd5Wrong: recorded(recording("test_s3"), "A wrong Content-MD5 is BadDigest"),
  contentMd5Invalid: recorded(recording("test_s3"), "A Content-MD5 that is no digest is InvalidDigest"),
  checksumWrong: recorded(recording("test_s3"), "A wrong x-amz-checksum-crc32 is BadDigest"),
  lengthMissing: documented(errorCodes, "An upload without Content-Length is MissingContentLength"),
  chunked: assumed("Transfer-Encoding: chunked is NotImplemented"),
  streamingPayload: assumed("The double does not read aws-chunked bodies: NotImplemented, where S3 takes them"),
  doctype: assumed("A document with a DOCTYPE is MalformedXML"),
  xmlTruncated: documented(errorCodes, "A document that is not well-formed is MalformedXML"),
  xmlUnknownElement: assumed("An element the schema lacks is MalformedXML"),
  digestMissing: assumed("DeleteObjects without a digest is InvalidRequest"),
  percentBroken: documented(errorCodes, "A target that is no URI is InvalidURI"),
  subresourceUnknown: assumed("A subresource the double lacks is NotImplemented"),
  tokenInVersionOne: assumed("A continuation token without list-type=2 is NotImplemented, where S3 ignores it"),
  maxKeysBroken: documented(operation("ListObjects"), "A max-keys that is no number is InvalidArgument"),
  encodingUnknown: documented(operation("ListObjects"), "Another encoding-type than url is InvalidArgument"),
  directoryMd5: recorded(report("ByConity/ByConity/issues/1798"), "Directory: a Content-MD5 is NotImplemented"),
  directoryService: assumed("Directory: a signature for s3 is AuthorizationHeaderMalformed"),
  directoryTokenDropped: assumed("Directory: a session without its token is InvalidAccessKeyId"),
  directoryTokenElsewhere: assumed("Directory: the token of a session as x-amz-security-token is InvalidToken"),
  directorySessionEnded: documented(sessions, "Directory: a session of six minutes ago is ExpiredToken"),
  directoryAccount: assumed("Directory: PutObject signed by the account is AccessDenied, where S3 may take it"),
  directoryOtherBucket: documented(sessions, "Directory: a session with another bucket is AccessDenied"),
  directoryPathStyle: documented(directory, "Directory: a bucket in the path is InvalidRequest"),
  directoryPrefix: recorded(
    report("awslabs/aws-s3-transfer-manager-rs/pull/112"),
    "Directory: a prefix without a slash at its end is InvalidRequest"
  ),
  directoryDelimiter: documented(directory, "Directory: another delimiter than a slash is InvalidRequest"),
  directoryVersionOne: documented(directory, "Directory: ListObjects of the first version is NotImplemented"),
  directoryAcl: documented(directory, "Directory: an ACL is NotImplemented"),
  directoryClass: documented(directory, "Directory: another storage class than EXPRESS_ONEZONE is InvalidStorageClass"),
  directoryVersion: documented(directory, "Directory: a version is NotImplemented"),
  directoryUploadMarker: documented(
    operation("ListMultipartUploads"),
    "Directory: an upload-id-marker is NotImplemented"
  ),
  amzHeaderUnknown: assumed("An x-amz-* header the double lacks is NotImplemented")
} satisfies Record<string, Behaviour>

/** An operation's own refusals, as the vendor's client sees them. */
export const refusals = {
  partTooSmall: documented(
    operation("CompleteMultipartUpload"),
    "A part under 5 MiB that is not the last is EntityTooSmall at completion"
  ),
  partEtagWrong: documented(operation("CompleteMultipartUpload"), "A part with another ETag is InvalidPart"),
  partMissing: documented(operation("CompleteMultipartUpload"), "A part that was not uploaded is InvalidPart"),
  partsOutOfOrder: documented(
    operation("CompleteMultipartUpload"),
    "Parts not in ascending order are InvalidPartOrder"
  ),
  partNumberZero: recorded(recording("test_s3"), "A part number of 0 is InvalidArgument"),
  uploadUnknown: documented(errorCodes, "An unknown upload is NoSuchUpload"),
  uploadCompleted: assumed("A completed upload is NoSuchUpload at once"),
  completionConditionFailed: recorded(
    recording("test_s3_api"),
    "CompleteMultipartUpload with If-None-Match: * on a taken key is 412"
  ),
  directoryPartGap: documented(
    operation("CompleteMultipartUpload"),
    "Directory: parts that do not count up from 1 are InvalidPart"
  ),
  directoryPartDigest: assumed("A part without the CRC-32 that its upload was begun with is InvalidRequest"),
  directoryCompletionDigest: assumed("A completion without the CRC-32s of its parts is InvalidRequest"),
  directoryCopyBySession: documented(sessions, "Directory: CopyObject signed by a session is AccessDenied"),
  directoryZone: assumed("Directory: CreateBucket in another zone than that of the name is InvalidRequest"),
  directoryName: documented(
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-bucket-naming-rules.html",
    "Directory: CreateBucket of a name without a zone is InvalidBucketName"
  ),
  directoryUnknown: documented(errorCodes, "Directory: a session with no bucket is NoSuchBucket"),
  keyMissing: documented(errorCodes, "GetObject of a missing key is NoSuchKey"),
  headMissing: documented(operation("HeadObject"), "HeadObject of a missing key is 404 without a body"),
  bucketMissing: documented(errorCodes, "A missing bucket is NoSuchBucket"),
  bucketNotEmpty: documented(errorCodes, "DeleteBucket with objects is BucketNotEmpty"),
  bucketOwned: documented(errorCodes, "CreateBucket again outside us-east-1 is BucketAlreadyOwnedByYou"),
  bucketNameInvalid: documented(errorCodes, "A bucket name of two letters is InvalidBucketName"),
  bucketElsewhere: documented(errorCodes, "A bucket of another region is PermanentRedirect"),
  constraintForeign: recorded(
    recording("test_s3"),
    "Another constraint than the endpoint's region is IllegalLocationConstraintException"
  ),
  createTaken: documented(operation("PutObject"), "PutObject with If-None-Match: * on a taken key is 412"),
  replaceChanged: documented(operation("PutObject"), "PutObject with another If-Match is 412"),
  replaceMissing: recorded(recording("test_s3_api"), "PutObject with If-Match on a missing key is NoSuchKey"),
  readChanged: documented(operation("GetObject"), "GetObject with another If-Match is 412"),
  notModified: documented(operation("GetObject"), "GetObject with the same If-None-Match is 304"),
  rangeBeyond: recorded(recording("test_s3_api"), "A range beyond the end is InvalidRange"),
  copyOntoItself: recorded(recording("test_s3"), "CopyObject onto itself without a change is InvalidRequest"),
  copySourceMissing: recorded(recording("test_s3"), "CopyObject of a missing key is NoSuchKey"),
  copySourceChanged: recorded(
    recording("test_s3_preconditions"),
    "CopyObject with another x-amz-copy-source-if-match is 412"
  ),
  copyRangeBeyond: recorded(recording("test_s3_api"), "UploadPartCopy of a range beyond the source is InvalidArgument"),
  tokenForeign: recorded(
    recording("test_s3_list_operations"),
    "A continuation token that was not given is InvalidArgument"
  ),
  keyTooLong: documented(errorCodes, "A key of 1025 bytes is KeyTooLongError"),
  metadataTooLarge: documented(errorCodes, "More than 2 KiB of metadata is MetadataTooLarge"),
  readOnly: assumed("A read-only key does not write: AccessDenied"),
  writeOnly: assumed("A write-only key does not read: AccessDenied"),
  otherBucket: assumed("A key of one bucket does not reach another: AccessDenied"),
  versionMissing: documented(errorCodes, "A version that is not there is NoSuchVersion"),
  markerRead: documented(operation("GetObject"), "A marker of deletion cannot be read: MethodNotAllowed"),
  customerKeyMissing: documented(customerKeys, "GetObject without the customer's key is InvalidRequest"),
  customerKeyOther: documented(customerKeys, "GetObject with another key is AccessDenied"),
  customerKeyNeedless: documented(
    customerKeys,
    "GetObject with a key that the object was not written with is InvalidRequest"
  ),
  customerKeyDigest: documented(customerKeys, "A key with another MD5 is InvalidArgument"),
  partWithoutKey: documented(customerKeys, "A part without the key of its upload is InvalidRequest"),
  archived: documented(operation("GetObject"), "GetObject of the class GLACIER is InvalidObjectState"),
  aclUnknown: documented(errorCodes, "A canned ACL that is none is InvalidArgument"),
  privateObject: assumed("An object with the ACL private is AccessDenied to a stranger"),
  versionsRemain: documented(operation("DeleteBucket"), "DeleteBucket with versions left is BucketNotEmpty"),
  partsOfUnknown: documented(operation("ListParts"), "ListParts of an unknown upload is NoSuchUpload")
} satisfies Record<string, Behaviour>

export const behaviours = { ...admissions, ...mutations, ...refusals }

export type BehaviourId = keyof typeof behaviours
