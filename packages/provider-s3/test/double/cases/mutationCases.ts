/** For every rule the one change to a valid request that breaks it. */
import type { mutations } from "../behaviours.ts"
import { deleting, deletion, getting, listing, marking, putting } from "./bases.ts"
import {
  clock,
  denied,
  flipSignature,
  impostor,
  inHeader,
  inTarget,
  invalidArgument,
  minutes,
  mismatch,
  skewed,
  stranger,
  unknown,
  withHeader,
  without,
  type Mutation
} from "./changes.ts"
import { base64Md5, type Fixture } from "./fixture.ts"
import { directoryMutations } from "./directoryMutations.ts"
import { mutationCasesV2 } from "./mutationCasesV2.ts"
import { presign, sign, type Signer, type WireRequest } from "./wire.ts"

const putAgain =
  (headers: Readonly<Record<string, string>>, signer: Signer = {}) =>
  (_: WireRequest, fixture: Fixture) => {
    const base = putting(fixture)
    return sign({ ...base, headers: { ...base.headers, ...headers } }, signer)
  }

const deleteAgain = (body: string) => (_: WireRequest, fixture: Fixture) => sign(deleting(fixture, body))

const markAgain = (query: Readonly<Record<string, string>>) => (_: WireRequest, fixture: Fixture) => {
  const base = marking(fixture)
  return sign({ ...base, query: { ...base.query, ...query } })
}

const malformed = { status: 400, code: "AuthorizationHeaderMalformed" }
const badQuery = { status: 400, code: "AuthorizationQueryParametersError" }
const invalidRequest = { status: 400, code: "InvalidRequest" }
const badXml = { status: 400, code: "MalformedXML" }
const lacking = { status: 501, code: "NotImplemented" }

export const mutationCases: Record<keyof typeof mutations, Mutation> = {
  ...mutationCasesV2,
  ...directoryMutations,
  signatureFlipped: { base: "put", mutate: flipSignature, ...mismatch },
  pathFlipped: { base: "put", mutate: inTarget(/key$/, "kez"), ...mismatch },
  signedHeaderFlipped: { base: "put", mutate: withHeader("x-amz-meta-colour", "blud"), ...mismatch },
  queryFlipped: { base: "list", mutate: inTarget(/prefix=s/, "prefix=t"), ...mismatch },
  queryAdded: { base: "list", mutate: inTarget(/$/, "&max-keys=1"), ...mismatch },
  methodChanged: { base: "list", mutate: (valid) => ({ ...valid, method: "DELETE" }), ...mismatch },
  hostChanged: { base: "list", mutate: withHeader("host", "localhost"), ...mismatch },
  bodyFlipped: {
    base: "put",
    mutate: (valid) => ({ ...valid, body: "hellp" }),
    status: 400,
    code: "XAmzContentSHA256Mismatch"
  },
  clockBehind: { base: "put", mutate: clock(16 * minutes), ...skewed },
  clockAhead: { base: "put", mutate: clock(-16 * minutes), ...skewed },
  dateDropped: { base: "put", mutate: without("x-amz-date"), ...denied },
  payloadHashDropped: { base: "put", mutate: without("x-amz-content-sha256"), ...invalidRequest },
  payloadHashInvalid: { base: "put", mutate: putAgain({ "x-amz-content-sha256": "abc" }), ...invalidArgument },
  hostUnsigned: {
    base: "put",
    mutate: inHeader("authorization", /host;/, ""),
    ...denied,
    tells: "<HeadersNotSigned>host<"
  },
  amzHeaderUnsigned: {
    base: "put",
    mutate: withHeader("x-amz-meta-size", "1"),
    ...denied,
    tells: "<HeadersNotSigned>x-amz-meta-size<"
  },
  wrongRegion: {
    base: "put",
    mutate: putAgain({}, { region: "eu-west-1" }),
    ...malformed,
    tells: "<Region>us-east-1</Region>"
  },
  wrongService: { base: "put", mutate: putAgain({}, { service: "sqs" }), ...malformed },
  wrongScopeDate: { base: "put", mutate: inHeader("authorization", /\/\d{8}\//, "/20010101/"), ...malformed },
  unknownKey: { base: "put", mutate: putAgain({}, { accessKey: stranger }), ...unknown },
  wrongSecret: { base: "put", mutate: putAgain({}, { accessKey: impostor }), ...mismatch },
  authorizationDropped: { base: "put", mutate: without("authorization"), ...denied },
  authorizationMalformed: { base: "put", mutate: inHeader("authorization", /SignedHeaders=/, "Signed="), ...malformed },
  signatureVersion2: { base: "put", mutate: withHeader("authorization", "AWS AKIA:c2ln"), ...invalidRequest },
  twoMechanisms: { base: "presigned", mutate: withHeader("authorization", "AWS4-HMAC-SHA256 x"), ...invalidArgument },
  tokenUnknown: {
    base: "put",
    mutate: putAgain({ "x-amz-security-token": "stray" }),
    status: 400,
    code: "InvalidToken"
  },
  tokenDropped: { base: "temporary", mutate: without("x-amz-security-token"), ...unknown },
  presignedExpired: { base: "presigned", mutate: clock(2 * minutes), ...denied, tells: "Request has expired" },
  presignedTampered: { base: "presigned", mutate: inTarget(/text%2Fa/, "text%2Fb"), ...mismatch },
  presignedExtended: { base: "presigned", mutate: inTarget(/X-Amz-Expires=60/, "X-Amz-Expires=600"), ...mismatch },
  presignedTooLong: { base: "presigned", mutate: inTarget(/X-Amz-Expires=60/, "X-Amz-Expires=604801"), ...badQuery },
  presignedIncomplete: { base: "presigned", mutate: inTarget(/X-Amz-Date=[^&]*&?/, ""), ...badQuery },
  presignedElsewhere: {
    base: "presigned",
    mutate: (_, fixture) => presign(getting(fixture), { region: "eu-west-1" }),
    ...badQuery
  },
  contentMd5Wrong: {
    base: "put",
    mutate: putAgain({ "content-md5": base64Md5("other") }),
    status: 400,
    code: "BadDigest"
  },
  contentMd5Invalid: { base: "put", mutate: putAgain({ "content-md5": "abc" }), status: 400, code: "InvalidDigest" },
  checksumWrong: {
    base: "put",
    mutate: putAgain({ "x-amz-checksum-crc32": "AAAAAA==" }),
    status: 400,
    code: "BadDigest"
  },
  lengthMissing: {
    base: "put",
    mutate: async (_, fixture) => without("content-length")(await sign({ ...putting(fixture), body: "" })),
    status: 411,
    code: "MissingContentLength"
  },
  chunked: {
    base: "put",
    mutate: (valid) => ({
      ...withHeader("transfer-encoding", "chunked")(without("content-length")(valid)),
      body: "5\r\nhello\r\n0\r\n\r\n"
    }),
    ...lacking
  },
  streamingPayload: {
    base: "put",
    mutate: putAgain({ "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" }),
    ...lacking
  },
  doctype: { base: "delete", mutate: deleteAgain(`<!DOCTYPE Delete [<!ENTITY a "b">]>${deletion}`), ...badXml },
  xmlTruncated: { base: "delete", mutate: deleteAgain(deletion.slice(0, -1)), ...badXml },
  xmlUnknownElement: { base: "delete", mutate: deleteAgain(deletion.replace("</Object>", "<X/></Object>")), ...badXml },
  digestMissing: {
    base: "delete",
    mutate: (_, fixture) => sign({ ...deleting(fixture), headers: {} }),
    ...invalidRequest
  },
  percentBroken: { base: "put", mutate: inTarget(/key$/, "%zz"), status: 400, code: "InvalidURI" },
  subresourceUnknown: {
    base: "list",
    mutate: (_, fixture) => sign({ ...listing(fixture), query: { versioning: "" } }),
    ...lacking
  },
  tokenInVersionOne: { base: "mark", mutate: markAgain({ "continuation-token": "a" }), ...lacking },
  maxKeysBroken: { base: "mark", mutate: markAgain({ "max-keys": "one" }), ...invalidArgument },
  encodingUnknown: { base: "mark", mutate: markAgain({ "encoding-type": "xml" }), ...invalidArgument },
  amzHeaderUnknown: { base: "put", mutate: putAgain({ "x-amz-object-lock-mode": "GOVERNANCE" }), ...lacking }
}
