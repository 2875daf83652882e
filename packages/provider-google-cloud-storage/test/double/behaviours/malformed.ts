/** A valid request, changed in one thing so that it cannot be read, is refused. */
import { assumed, documented, standard, type Behaviour } from "./Behaviour.ts"

export const malformedIdentities = {
  assertionMissing: standard(7523, "A grant without its assertion is invalid_request"),
  grantScope: standard(6749, "An unknown scope of a client is invalid_scope"),
  clientMissing: standard(6749, "A grant without a client is invalid_request"),
  machineScope: assumed("The metadata server refuses unknown scopes: 400"),
  exchangeForm: standard(8693, "An exchange that is no form is invalid_request"),
  awsMalformed: assumed("A token that is no request to AWS is invalid_request"),
  awsUnsigned: assumed("A request to AWS without a signature is invalid_grant"),
  actedField: assumed("An unknown field in acting as an account is 400"),
  actedVerb: assumed("Another verb on an account is 404"),
  actedDelegates: assumed("Delegates that are no list are 400"),
  payerAnonymous: documented("requester-pays", "Nobody names no project that pays: 401"),
  signedDate: assumed("A date of a signed URL that is none is InvalidQueryParameterValue"),
  signedHostless: documented("authentication/canonical-requests", "A signed URL that does not sign its host is refused")
} satisfies Record<string, Behaviour>

export const malformedBuckets = {
  bucketNameMissing: documented("json_api/v1/buckets/insert", "buckets.insert without a name is 400 required"),
  bucketNameDots: documented("buckets#naming", "A bucket name with two dots on end is 400"),
  projectEmpty: assumed("An empty project is 400 required"),
  bucketField: assumed("An unknown field of a bucket is 400, where Google may ignore it"),
  bucketInnerField: assumed("An unknown field within versioning is 400"),
  bucketFlag: assumed("Versioning that is no object is 400"),
  bucketFlagText: assumed("Versioning that is enabled by a text is 400"),
  bucketMoved: documented("json_api/v1/buckets/patch", "buckets.patch of the location is 400")
} satisfies Record<string, Behaviour>

export const malformedObjects = {
  nameReserved: documented("objects#naming", "A name that begins with .well-known/acme-challenge/ is 400"),
  resourceElsewhere: assumed("A resource that names another bucket is 400"),
  resourceField: assumed("An unknown field of an object is 400, where Google may ignore it"),
  resourceNumber: assumed("A content type that is no text is 400"),
  resourceSum: assumed("An MD5 that is no text is 400"),
  resourceTime: documented("json_api/v1/objects#resource", "A custom time that is none of RFC 3339 is 400"),
  hashHeaderMalformed: assumed("An x-goog-hash of another kind is 400"),
  partHeadless: assumed("A part without an end of its headers is 400"),
  partHeader: assumed("A part with a header without a name is 400"),
  boundaryLine: assumed("A boundary that does not end its line is 400"),
  composeField: assumed("An unknown field of a composition is 400"),
  composeSource: assumed("An unknown field of a source is 400"),
  composeNameless: assumed("A source without a name is 400"),
  batchUpload: documented("batch", "An upload within a batch is 400"),
  lengthMalformed: assumed("An X-Upload-Content-Length that is no number is 400"),
  uploadElsewhere: assumed("An upload of another bucket is 404"),
  rangePastSize: assumed("A Content-Range past its own size is 400"),
  questionWithBytes: assumed("Bytes in a question for what has come are 400"),
  cancelFinished: assumed("DELETE on a finished upload is 404"),
  statusGone: assumed("A question on an upload whose object is gone is 404")
} satisfies Record<string, Behaviour>
