/** Changes that leave a request that cannot be read. */
import type { malformedBuckets, malformedIdentities, malformedObjects } from "../behaviours/malformed.ts"
import { bases, multipartBody } from "./bases.ts"
import {
  badChunk,
  both,
  inBody,
  inSubject,
  inTarget,
  invalid,
  notFound,
  required,
  withBody,
  withHeader,
  withoutHeader,
  withParameter,
  type Mutation
} from "./changes.ts"
import { send } from "./wire.ts"

const invalidRequest = { status: 400, reason: "invalid_request" }
const invalidScope = { status: 400, reason: "invalid_scope" }
const badArgument = { base: "impersonate", status: 400, reason: "INVALID_ARGUMENT" } as const
const badQuery = { base: "signed", status: 400, reason: "InvalidQueryParameterValue" } as const

const identities: Record<keyof typeof malformedIdentities, Mutation> = {
  assertionMissing: { base: "assertion", mutate: inBody(/&assertion=[^&]*/, ""), ...invalidRequest },
  grantScope: { base: "credentials", mutate: inBody(/$/, "&scope=nothing"), ...invalidScope },
  clientMissing: { base: "refresh", mutate: inBody(/&client_id=client/, ""), ...invalidRequest },
  machineScope: { base: "machine", mutate: withParameter("scopes", "nothing"), ...invalid },
  exchangeForm: { base: "exchange", mutate: withHeader("content-type", "text/plain"), ...invalidRequest },
  awsMalformed: { base: "exchangeAws", mutate: inBody(/subject_token=[^&]*/, "subject_token=x"), ...invalidRequest },
  awsUnsigned: {
    base: "exchangeAws",
    mutate: inSubject(/AWS4-HMAC-SHA256/, "AWS4"),
    status: 400,
    reason: "invalid_grant"
  },
  actedField: { ...badArgument, mutate: inBody(/"lifetime"/, '"name":"x","lifetime"') },
  actedVerb: { base: "impersonate", mutate: inTarget(/generateAccessToken/, "signBlob"), ...notFound },
  actedDelegates: { ...badArgument, mutate: inBody(/"lifetime"/, '"delegates":"x","lifetime"') },
  payerAnonymous: {
    base: "list",
    mutate: both(withoutHeader("authorization"), withParameter("userProject", "double-project")),
    status: 401,
    reason: "required"
  },
  signedDate: { ...badQuery, mutate: inTarget(/X-Goog-Date=(\d+)T/, "X-Goog-Date=$1t") },
  signedHostless: { ...badQuery, mutate: inTarget(/SignedHeaders=host/, "SignedHeaders=accept") }
}

const creating = (body: string) => ({ base: "createBucket", mutate: withBody(body), ...invalid }) as const

const buckets: Record<keyof typeof malformedBuckets, Mutation> = {
  bucketNameMissing: { base: "createBucket", mutate: withBody("{}"), ...required },
  bucketNameDots: creating('{"name":"another..one"}'),
  projectEmpty: { base: "createBucket", mutate: inTarget(/double-project/, ""), ...required },
  bucketField: creating('{"name":"another","colour":"red"}'),
  bucketInnerField: creating('{"name":"another","versioning":{"on":true}}'),
  bucketFlag: creating('{"name":"another","versioning":true}'),
  bucketFlagText: creating('{"name":"another","versioning":{"enabled":"yes"}}'),
  bucketMoved: { base: "patchBucket", mutate: withBody('{"location":"EU"}'), ...invalid }
}

const resource = (fields: string) => ({
  base: "multipart" as const,
  mutate: withBody(multipartBody(`{"name":"new",${fields}}`)),
  ...invalid
})

const composing = (body: string) => ({ base: "compose", mutate: withBody(body), ...invalid }) as const

const objects: Record<keyof typeof malformedObjects, Mutation> = {
  nameReserved: { base: "media", mutate: inTarget(/name=new/, "name=.well-known%2Facme-challenge%2Fx"), ...invalid },
  resourceElsewhere: resource('"bucket":"other"'),
  resourceField: resource('"colour":"red"'),
  resourceNumber: resource('"contentType":1'),
  resourceSum: resource('"md5Hash":1'),
  resourceTime: resource('"customTime":"today"'),
  hashHeaderMalformed: { base: "media", mutate: withHeader("x-goog-hash", "sha1=AAAA"), ...invalid },
  partHeadless: { base: "multipart", mutate: inBody(/content-type: text\/plain\r\n\r\n/, ""), ...invalid },
  partHeader: { base: "multipart", mutate: inBody(/content-type: text/, ": text"), ...invalid },
  boundaryLine: { base: "multipart", mutate: inBody(/--cut\r\n/, "--cut x\r\n"), ...invalid },
  composeField: composing('{"sourceObjects":[{"name":"stored"}],"colour":"red"}'),
  composeSource: composing('{"sourceObjects":[{"name":"stored","colour":"red"}]}'),
  composeNameless: composing('{"sourceObjects":[{"generation":"1"}]}'),
  batchUpload: { base: "batch", mutate: inBody(/GET \/storage/, "POST /upload/storage"), ...invalid },
  lengthMalformed: { base: "begin", mutate: withHeader("x-upload-content-length", "long"), ...invalid },
  uploadElsewhere: { base: "chunk", mutate: inTarget(/\/b\/bucket/, "/b/empty"), ...notFound },
  rangePastSize: { base: "whole", mutate: withHeader("content-range", "bytes 0-4/4"), ...badChunk },
  questionWithBytes: { base: "chunk", mutate: withHeader("content-range", "bytes */*"), ...badChunk },
  cancelFinished: {
    base: "whole",
    mutate: async (valid, { double }) => {
      await send(double.port, valid)
      return { ...valid, method: "DELETE", body: "" }
    },
    ...notFound
  },
  statusGone: {
    base: "whole",
    mutate: async (valid, fixture) => {
      await send(fixture.double.port, valid)
      const removal = bases.remove(fixture)
      await send(fixture.double.port, { ...removal, target: removal.target.replace("stored", "chunked") })
      return { ...valid, headers: { ...valid.headers, "content-range": "bytes */*" }, body: "" }
    },
    spent: true,
    ...notFound
  }
}

export const malformedMutations = { ...identities, ...buckets, ...objects }
