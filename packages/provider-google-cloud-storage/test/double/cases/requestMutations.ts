/** Changes in what is asked for, whatever the object. */
import type { requestRefusals } from "../behaviours/refusals.ts"
import { batchBody } from "./bases.ts"
import {
  forbidden,
  inBody,
  inTarget,
  invalid,
  invalidParameter,
  notFound,
  required,
  withBody,
  withHeader,
  withMethod,
  withParameter,
  type Mutation
} from "./changes.ts"

const call = "GET /storage/v1/b/bucket/o/stored HTTP/1.1\r\n\r\n"

export const requestMutations: Record<keyof typeof requestRefusals, Mutation> = {
  pathUnknown: { base: "list", mutate: inTarget(/\/o\?/, "/objects?"), ...notFound },
  nameUnencoded: { base: "get", mutate: inTarget(/stored$/, "a/b"), ...notFound },
  methodUnknown: { base: "get", mutate: withMethod("PUT"), status: 405, reason: "httpMethodNotAllowed" },
  percentBroken: { base: "get", mutate: inTarget(/stored$/, "%FF"), ...invalid },
  parameterUnknown: { base: "list", mutate: withParameter("softDelete", "true"), ...invalidParameter },
  parameterTwice: { base: "list", mutate: withParameter("prefix", "t"), ...invalid },
  headerUnknown: { base: "media", mutate: withHeader("x-goog-encryption-algorithm", "AES256"), ...invalid },
  altUnknown: { base: "list", mutate: withParameter("alt", "proto"), ...invalid },
  fieldsMalformed: { base: "list", mutate: withParameter("fields", "items(name"), ...invalidParameter },
  jsonBroken: { base: "patch", mutate: withBody("{"), ...invalid },
  jsonUndeclared: { base: "patch", mutate: withHeader("content-type", "text/plain"), ...invalid },
  fieldUnknown: { base: "patch", mutate: withBody('{"colour":"red"}'), ...invalid },
  projectMissing: { base: "buckets", mutate: inTarget(/\?.*/, ""), ...required },
  projectMissingAtCreation: { base: "createBucket", mutate: inTarget(/\?.*/, ""), ...required },
  projectForeign: { base: "createBucket", mutate: inTarget(/double-project/, "elsewhere"), ...forbidden },
  limitZero: { base: "list", mutate: withParameter("maxResults", "0"), ...invalidParameter },
  pageTokenForeign: { base: "list", mutate: withParameter("pageToken", "c3RvcmVk.tag"), ...invalidParameter },
  flagMalformed: { base: "list", mutate: withParameter("versions", "yes"), ...invalidParameter },
  batchTooLarge: { base: "batch", mutate: withBody(batchBody(...Array.from({ length: 101 }, () => call))), ...invalid },
  batchUndeclared: { base: "batch", mutate: inBody(/application\/http/, "text/plain"), ...invalid },
  batchDownload: { base: "batch", mutate: inBody(/stored HTTP/, "stored?alt=media HTTP"), ...invalid },
  batchEmpty: { base: "batch", mutate: withBody(batchBody()), ...invalid }
}
