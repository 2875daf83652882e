/** A valid request, changed in one thing, is refused: identities, requests, objects, conditions. */
import { assumed, documented, identified, recorded, standard, type Behaviour } from "./Behaviour.ts"

const codes = "json_api/v1/status-codes"
const permissions = "access-control/iam-json"
const account = "/service-account"
const web = "/web-server"

const permission = (name: string) => documented(permissions, `Without ${name} it is forbidden`)

export const identityRefusals = {
  tokenDropped: documented(codes, "Without a token it is 401 required, where nothing is public"),
  tokenUnknown: documented(codes, "An unknown token is 401 authError"),
  tokenExpired: documented(codes, "An expired token is 401 authError"),
  tokenRevoked: documented(codes, "A revoked token is 401 authError"),
  schemeOther: assumed("Another scheme than Bearer is 401 authError"),
  scopeReadOnly: documented("authentication#oauth-scopes", "A token to read only does not write: 403"),
  scopeForeign: documented("authentication#oauth-scopes", "A token for another service does not read: 403"),
  mayNotList: permission("storage.objects.list"),
  mayNotGet: permission("storage.objects.get"),
  mayNotCreate: permission("storage.objects.create"),
  mayNotDelete: permission("storage.objects.delete"),
  mayNotUpdate: permission("storage.objects.update"),
  mayNotOverwrite: documented(permissions, "Without storage.objects.delete nothing is overwritten"),
  mayNotListBuckets: permission("storage.buckets.list"),
  mayNotGetBucket: permission("storage.buckets.get"),
  mayNotCreateBucket: permission("storage.buckets.create"),
  mayNotUpdateBucket: permission("storage.buckets.update"),
  mayNotDeleteBucket: permission("storage.buckets.delete"),
  mayNotKnow: assumed("Without storage.objects.list an object that is not there is 403 too"),
  payerMissing: recorded(
    "Superbalist/laravel-google-cloud-storage/issues/44",
    "Without userProject a bucket whose requesters pay is 400 required"
  ),
  payerForeign: documented(codes, "A project that one may not bill is 403 userProjectAccessDenied"),
  assertionFlipped: identified(account, "A changed signature of an assertion is invalid_grant"),
  assertionForged: identified(account, "An assertion signed with another's key is invalid_grant"),
  assertionMalformed: assumed("An assertion that is no JWT is invalid_grant"),
  assertionUnsigned: assumed("An assertion with another algorithm than RS256 is invalid_grant"),
  assertionKey: assumed("An assertion with another key id is invalid_grant"),
  issuerUnknown: identified(account, "An unknown issuer is invalid_grant"),
  subjectOther: identified(account, "Another subject is unauthorized_client"),
  audienceOther: standard(7523, "Another audience is invalid_grant"),
  assertionEarly: identified(account, "An assertion of six minutes ahead is invalid_grant"),
  assertionLate: identified(account, "An assertion that ended six minutes ago is invalid_grant"),
  assertionLong: identified(account, "An assertion for more than an hour is invalid_grant"),
  assertionTimeless: identified(account, "An assertion without times is invalid_grant"),
  scopeMissing: identified(account, "An assertion without a scope is invalid_scope"),
  scopeUnknown: identified(account, "An unknown scope is invalid_scope"),
  grantMissing: standard(6749, "A request for a token without grant_type is invalid_request"),
  grantUnknown: standard(6749, "Another grant_type is unsupported_grant_type"),
  formOther: standard(6749, "A request for a token that is no form is invalid_request"),
  refreshUnknown: identified(web, "An unknown refresh token is invalid_grant"),
  refreshMissing: standard(6749, "A request to refresh without a token is invalid_request"),
  clientUnknown: identified(web, "An unknown client is invalid_client"),
  secretWrong: identified(web, "A wrong secret is invalid_client"),
  credentialsWrong: standard(6749, "Wrong credentials of a client are invalid_client"),
  credentialsTwice: standard(6749, "A client in the form and in the header is invalid_request"),
  credentialsForbidden: standard(6749, "A client that is nobody itself is unauthorized_client"),
  flavorMissing: assumed("The metadata server refuses without Metadata-Flavor: Google: 403"),
  flavorForwarded: assumed("The metadata server refuses what was forwarded: 403"),
  machineOther: assumed("The metadata server does not know another account: 404")
} satisfies Record<string, Behaviour>

export const requestRefusals = {
  pathUnknown: documented(codes, "A path of no operation is 404"),
  nameUnencoded: documented("request-endpoints#encoding", "A slash of a name that is not encoded is another path: 404"),
  methodUnknown: documented(codes, "Another method is 405"),
  percentBroken: assumed("A target that is no URI is 400"),
  parameterUnknown: assumed("An unknown parameter is 400, where Google may ignore it"),
  parameterTwice: assumed("A parameter that is given twice is 400"),
  headerUnknown: assumed("An x-goog-* header that the double lacks is 400"),
  altUnknown: assumed("Another alt than json and media is 400"),
  fieldsMalformed: documented("json_api#partial-response", "Fields that cannot be read are 400"),
  jsonBroken: documented(codes, "A body that is no JSON is 400"),
  jsonUndeclared: assumed("A body that is not declared as JSON is 400"),
  fieldUnknown: assumed("An unknown field of a resource is 400, where Google may ignore it"),
  projectMissing: documented("json_api/v1/buckets/list", "buckets.list without a project is 400 required"),
  projectMissingAtCreation: documented(
    "json_api/v1/buckets/insert",
    "buckets.insert without a project is 400 required"
  ),
  projectForeign: documented(codes, "buckets.insert in a foreign project is 403"),
  limitZero: assumed("maxResults of 0 is 400"),
  pageTokenForeign: assumed("A page token that was not given is 400"),
  flagMalformed: assumed("Another value of versions than true and false is 400"),
  batchTooLarge: documented("batch", "A batch of more than 100 calls is 400"),
  batchUndeclared: assumed("A part of a batch that is not application/http is 400"),
  batchDownload: documented("batch", "A download within a batch is 400"),
  batchEmpty: assumed("A batch without calls is 400")
} satisfies Record<string, Behaviour>

const bucketNames = "buckets#naming"
const objectNames = "objects#naming"
const uniform = "uniform-bucket-level-access"

export const objectRefusals = {
  bucketMissing: documented(codes, "A bucket that is not there is 404"),
  bucketTaken: documented(codes, "buckets.insert of a name that one has is 409"),
  bucketNotEmpty: documented(codes, "buckets.delete with objects is 409"),
  bucketNameShort: documented(bucketNames, "A bucket name of two letters is 400"),
  bucketNameUpper: documented(bucketNames, "A bucket name with capitals is 400"),
  bucketNameReserved: documented(bucketNames, "A bucket name that begins with goog is 400"),
  bucketNameAddress: documented(bucketNames, "A bucket name that is an address is 400"),
  locationUnknown: documented(codes, "A location that is none is 400"),
  bucketClassUnknown: documented("storage-classes", "A storage class of a bucket that is none is 400"),
  bucketAclUnknown: documented("access-control/lists#predefined-acl", "Another predefined ACL of a bucket is 400"),
  bucketAclUniform: recorded(
    "GoogleCloudPlatform/terraform-large-data-sharing-golang-webapp/pull/61",
    "A predefined ACL of a bucket with uniform access is 400"
  ),
  objectMissing: documented(codes, "objects.get of what is not there is 404"),
  downloadMissing: recorded(
    "firebase/firebase-tools/pull/3647",
    "A download of what is not there is 404, in plain text"
  ),
  deleteMissing: documented(codes, "objects.delete of what is not there is 404"),
  rewriteMissing: documented(codes, "objects.rewrite of what is not there is 404"),
  composeMissing: documented(codes, "objects.compose of what is not there is 404"),
  generationMissing: documented("object-versioning", "A generation that is not there is 404"),
  generationMalformed: assumed("A generation that is no number is 400"),
  rangeBeyond: documented(codes, "A range behind the end is 416"),
  nameMissing: documented("json_api/v1/objects/insert", "objects.insert without a name is 400 required"),
  nameDots: documented(objectNames, "The name .. is 400"),
  nameLong: documented(objectNames, "A name of 1025 bytes is 400"),
  nameLines: documented(objectNames, "A name with a line feed is 400"),
  objectAclUnknown: documented("access-control/lists#predefined-acl", "Another predefined ACL of an object is 400"),
  objectAclUniform: recorded(
    "googleapis/nodejs-storage/issues/1230",
    "A predefined ACL of an object in a bucket with uniform access is 400"
  ),
  copyAclUniform: documented(uniform, "A predefined ACL of a copy into a bucket with uniform access is 400"),
  md5Wrong: recorded("GoogleCloudPlatform/gsutil/pull/1382", "A wrong md5Hash is 400"),
  crcWrong: documented("hashes-etags", "A wrong crc32c is 400"),
  hashHeaderWrong: documented("xml-api/reference-headers#xgooghash", "A wrong x-goog-hash is 400"),
  classUnknown: documented("storage-classes", "A storage class of an object that is none is 400"),
  metadataLarge: documented("metadata#custom-metadata", "Metadata of more than 8 KiB is 400"),
  metadataNumber: documented("json_api/v1/objects#resource", "Metadata with another value than a text is 400"),
  patchClass: assumed("objects.patch of the storage class is 400"),
  boundaryMissing: documented("uploading-objects", "Two parts without a boundary are 400"),
  boundaryOpen: assumed("Two parts without an end are 400"),
  partTooMany: assumed("A third part is 400"),
  partTyped: documented("uploading-objects", "A first part that is not declared as JSON is 400"),
  rewriteTokenForeign: assumed("A rewrite token that was not given is 400"),
  rewriteTokenOther: documented("json_api/v1/objects/rewrite", "A rewrite token for another copy is 400"),
  rewriteStep: documented("json_api/v1/objects/rewrite", "maxBytesRewrittenPerCall of no whole MiB is 400"),
  composeMany: documented("composite-objects", "objects.compose of 33 objects is 400"),
  composeNone: documented("composite-objects", "objects.compose of nothing is 400")
} satisfies Record<string, Behaviour>

const conditions = "request-preconditions"

export const conditionRefusals = {
  insertTaken: documented(conditions, "objects.insert with ifGenerationMatch: 0 on a taken name is 412"),
  insertChanged: documented(conditions, "objects.insert with another ifGenerationMatch is 412"),
  multipartTaken: documented(
    conditions,
    "objects.insert in two parts with ifGenerationMatch: 0 on a taken name is 412"
  ),
  beginTaken: documented(conditions, "An upload in chunks begun with ifGenerationMatch: 0 on a taken name is 412"),
  getChanged: documented(conditions, "objects.get with another ifGenerationMatch is 412"),
  downloadChanged: documented(conditions, "A download with another ifGenerationMatch is 412"),
  notModified: documented(conditions, "objects.get with the same ifGenerationNotMatch is 304"),
  metadataNotModified: documented(conditions, "objects.get with the same ifMetagenerationNotMatch is 304"),
  deleteChanged: documented(conditions, "objects.delete with another ifGenerationMatch is 412"),
  deleteSame: documented(conditions, "objects.delete with the same ifGenerationNotMatch is 412"),
  patchChanged: documented(conditions, "objects.patch with another ifMetagenerationMatch is 412"),
  rewriteTaken: documented(conditions, "objects.rewrite with ifGenerationMatch: 0 on a taken name is 412"),
  rewriteChanged: documented(conditions, "objects.rewrite with another ifSourceGenerationMatch is 412"),
  copyChanged: documented(conditions, "objects.copy with another ifSourceGenerationMatch is 412"),
  composeTaken: documented(conditions, "objects.compose with ifGenerationMatch: 0 on a taken name is 412"),
  composeChanged: documented(conditions, "objects.compose with another generation of a source is 412"),
  conditionMalformed: assumed("A condition that is no number is 400")
} satisfies Record<string, Behaviour>
