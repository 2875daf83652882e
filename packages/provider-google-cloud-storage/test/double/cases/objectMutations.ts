/** Changes in buckets, objects and what is said of them. */
import type { conditionRefusals, objectRefusals } from "../behaviours/refusals.ts"
import { multipartBody } from "./bases.ts"
import {
  both,
  failed,
  inBody,
  inTarget,
  invalid,
  invalidParameter,
  notFound,
  required,
  unmodified,
  withBody,
  withHeader,
  withParameter,
  type Mutation
} from "./changes.ts"
import { bucket, stored, type Fixture } from "./fixture.ts"
import { send } from "./wire.ts"

const conflict = { status: 409, reason: "conflict" }
const uniform = { buckets: [{ name: bucket, uniformAccess: true }, "empty"] }
const named = (name: string) => inTarget(/name=new/, `name=${encodeURIComponent(name)}`)
const bucketNamed = (name: string) => ({ base: "createBucket", mutate: inBody(/another/, name), ...invalid }) as const
const inResource = (fields: string) => ({
  base: "multipart" as const,
  mutate: withBody(multipartBody(`{"name":"new",${fields}}`)),
  ...invalid
})

const elsewhere = "none"
const source = inTarget(/stored/, elsewhere)

export const objectMutations: Record<keyof typeof objectRefusals, Mutation> = {
  bucketMissing: { base: "list", mutate: inTarget(/bucket/, elsewhere), ...notFound },
  bucketTaken: { base: "createBucket", mutate: inBody(/another/, bucket), ...conflict },
  bucketNotEmpty: { base: "removeBucket", mutate: inTarget(/empty/, bucket), ...conflict },
  bucketNameShort: bucketNamed("ab"),
  bucketNameUpper: bucketNamed("Another"),
  bucketNameReserved: bucketNamed("goog-another"),
  bucketNameAddress: bucketNamed("10.0.0.1"),
  locationUnknown: { base: "createBucket", mutate: withBody('{"name":"another","location":"?"}'), ...invalid },
  bucketClassUnknown: {
    base: "createBucket",
    mutate: withBody('{"name":"another","storageClass":"COLD"}'),
    ...invalid
  },
  bucketAclUnknown: { base: "createBucket", mutate: withParameter("predefinedAcl", "secret"), ...invalidParameter },
  bucketAclUniform: {
    base: "createBucket",
    mutate: both(
      withParameter("predefinedAcl", "private"),
      withBody('{"name":"another","iamConfiguration":{"uniformBucketLevelAccess":{"enabled":true}}}')
    ),
    ...invalid
  },
  objectMissing: { base: "get", mutate: source, ...notFound },
  downloadMissing: { base: "download", mutate: source, status: 404, reason: "text" },
  deleteMissing: { base: "remove", mutate: source, ...notFound },
  rewriteMissing: { base: "rewrite", mutate: source, ...notFound },
  composeMissing: { base: "compose", mutate: inBody(/stored/, elsewhere), ...notFound },
  generationMissing: { base: "get", mutate: withParameter("generation", "1"), ...notFound },
  generationMalformed: { base: "get", mutate: withParameter("generation", "latest"), ...invalidParameter },
  rangeBeyond: { base: "download", mutate: withHeader("range", "bytes=12-"), status: 416, reason: "text" },
  nameMissing: { base: "media", mutate: inTarget(/&name=new/, ""), ...required },
  nameDots: { base: "media", mutate: named(".."), ...invalid },
  nameLong: { base: "media", mutate: named("a".repeat(1025)), ...invalid },
  nameLines: { base: "media", mutate: named("a\nb"), ...invalid },
  objectAclUnknown: { base: "media", mutate: withParameter("predefinedAcl", "secret"), ...invalidParameter },
  objectAclUniform: { base: "media", mutate: withParameter("predefinedAcl", "private"), options: uniform, ...invalid },
  copyAclUniform: {
    base: "rewrite",
    mutate: withParameter("destinationPredefinedAcl", "private"),
    options: uniform,
    ...invalid
  },
  md5Wrong: inResource('"md5Hash":"AAAAAAAAAAAAAAAAAAAAAA=="'),
  crcWrong: inResource('"crc32c":"AAAAAA=="'),
  hashHeaderWrong: { base: "media", mutate: withHeader("x-goog-hash", "crc32c=AAAAAA=="), ...invalid },
  classUnknown: inResource('"storageClass":"COLD"'),
  metadataLarge: inResource(`"metadata":{"k":"${"v".repeat(8192)}"}`),
  metadataNumber: inResource('"metadata":{"k":1}'),
  patchClass: { base: "patch", mutate: withBody('{"storageClass":"NEARLINE"}'), ...invalid },
  boundaryMissing: { base: "multipart", mutate: withHeader("content-type", "multipart/related"), ...invalid },
  boundaryOpen: { base: "multipart", mutate: inBody(/--cut--/, ""), ...invalid },
  partTooMany: { base: "multipart", mutate: withBody(multipartBody('{"name":"new"}', "more")), ...invalid },
  partTyped: { base: "multipart", mutate: inBody(/application\/json/, "text/plain"), ...invalid },
  rewriteTokenForeign: { base: "rewrite", mutate: withParameter("rewriteToken", "e30.tag"), ...invalidParameter },
  rewriteTokenOther: {
    base: "rewrite",
    mutate: async (valid, fixture) => {
      const begun = await send(fixture.double.port, { ...valid, body: '{"storageClass":"NEARLINE"}' })
      const { rewriteToken } = JSON.parse(begun.body)
      return both(inTarget(/new$/, "other"), withParameter("rewriteToken", rewriteToken))(valid, fixture)
    },
    options: { rewriteBytes: 5 },
    ...invalidParameter
  },
  rewriteStep: { base: "rewrite", mutate: withParameter("maxBytesRewrittenPerCall", "1000000"), ...invalid },
  composeMany: {
    base: "compose",
    mutate: withBody(JSON.stringify({ sourceObjects: Array.from({ length: 33 }, () => ({ name: stored })) })),
    ...invalid
  },
  composeNone: { base: "compose", mutate: withBody('{"sourceObjects":[]}'), ...invalid }
}

/** The generation of the object that is there. */
const current = ({ double }: Fixture): string => double.buckets.get(bucket)!.objects.get(stored)![0]!.generation

const sameGeneration =
  (name: string): Mutation["mutate"] =>
  (valid, fixture) =>
    withParameter(name, current(fixture))(valid, fixture)

const onStored = (name: string) => both(named(stored), withParameter("ifGenerationMatch", name))
const ontoItself = both(inTarget(/new$/, stored), withParameter("ifGenerationMatch", "0"))

export const conditionMutations: Record<keyof typeof conditionRefusals, Mutation> = {
  insertTaken: { base: "media", mutate: onStored("0"), ...failed },
  insertChanged: { base: "media", mutate: onStored("7"), ...failed },
  multipartTaken: {
    base: "multipart",
    mutate: both(withBody(multipartBody(`{"name":"${stored}"}`)), withParameter("ifGenerationMatch", "0")),
    ...failed
  },
  beginTaken: { base: "begin", mutate: onStored("0"), ...failed },
  getChanged: { base: "get", mutate: withParameter("ifGenerationMatch", "7"), ...failed },
  downloadChanged: {
    base: "download",
    mutate: withParameter("ifGenerationMatch", "7"),
    status: 412,
    reason: "text"
  },
  notModified: { base: "get", mutate: sameGeneration("ifGenerationNotMatch"), ...unmodified },
  metadataNotModified: { base: "get", mutate: withParameter("ifMetagenerationNotMatch", "1"), ...unmodified },
  deleteChanged: { base: "remove", mutate: withParameter("ifGenerationMatch", "7"), ...failed },
  deleteSame: { base: "remove", mutate: sameGeneration("ifGenerationNotMatch"), ...failed },
  patchChanged: { base: "patch", mutate: withParameter("ifMetagenerationMatch", "2"), ...failed },
  rewriteTaken: { base: "rewrite", mutate: ontoItself, ...failed },
  rewriteChanged: { base: "rewrite", mutate: withParameter("ifSourceGenerationMatch", "7"), ...failed },
  copyChanged: { base: "copy", mutate: withParameter("ifSourceGenerationMatch", "7"), ...failed },
  composeTaken: {
    base: "compose",
    mutate: both(inTarget(/new\/compose/, `${stored}/compose`), withParameter("ifGenerationMatch", "0")),
    ...failed
  },
  composeChanged: {
    base: "compose",
    mutate: inBody(/"stored"/, '"stored","objectPreconditions":{"ifGenerationMatch":"7"}'),
    ...failed
  },
  conditionMalformed: { base: "get", mutate: withParameter("ifGenerationMatch", "new"), ...invalidParameter }
}
