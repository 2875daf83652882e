/** For every rule of version 2 the one change to a valid request that breaks it. */
import type { mutations } from "../behaviours.ts"
import { takingV2 } from "./admissionCasesV2.ts"
import { now, puttingV2 } from "./basesV2.ts"
import {
  clock,
  denied,
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
import { base64Md5 } from "./fixture.ts"

type Id = Extract<keyof typeof mutations, `version2${string}`>

const cases: Record<Id, Omit<Mutation, "options">> = {
  version2Signature: {
    base: "version2",
    mutate: inHeader("authorization", /:.*$/, `:${Buffer.alloc(20).toString("base64")}`),
    ...mismatch
  },
  version2Method: { base: "version2Link", mutate: (valid) => ({ ...valid, method: "DELETE" }), ...mismatch },
  version2Path: { base: "version2", mutate: inTarget(/%2B/, "%2b"), ...mismatch },
  version2Bucket: { base: "version2Host", mutate: inHeader("host", /^bucket/, "elsewhere"), ...mismatch },
  version2Md5: { base: "version2", mutate: withHeader("content-md5", base64Md5("hellp")), ...mismatch },
  version2Type: { base: "version2", mutate: withHeader("content-type", "text/html"), ...mismatch },
  version2TypeAdded: { base: "version2Host", mutate: withHeader("content-type", "text/html"), ...mismatch },
  version2Date: {
    base: "version2",
    mutate: withHeader("date", new Date(Date.now() - 5 * minutes).toUTCString()),
    ...mismatch
  },
  version2AmzHeader: { base: "version2", mutate: withHeader("X-Amz-Meta-A", "2"), ...mismatch },
  version2AmzHeaderAdded: { base: "version2", mutate: withHeader("x-amz-meta-size", "1"), ...mismatch },
  version2AmzHeaderDropped: { base: "version2", mutate: without("x-amz-meta-ab"), ...mismatch },
  version2SubresourceAdded: { base: "version2Host", mutate: inTarget(/$/, "?versionId=1"), ...mismatch },
  version2SubresourceChanged: { base: "version2Uploads", mutate: inTarget(/uploads/, "uploads=1"), ...mismatch },
  version2Body: {
    base: "version2",
    mutate: (valid) => ({ ...valid, body: "hellp" }),
    status: 400,
    code: "BadDigest"
  },
  version2Behind: { base: "version2", mutate: clock(16 * minutes), ...skewed },
  version2Ahead: { base: "version2", mutate: clock(-16 * minutes), ...skewed },
  version2DateDropped: { base: "version2", mutate: without("date"), ...denied },
  version2DateInvalid: {
    base: "version2",
    mutate: (_, fixture) => puttingV2(fixture, undefined, new Date(now()).toISOString()),
    ...denied
  },
  version2UnknownKey: { base: "version2", mutate: (_, fixture) => puttingV2(fixture, stranger), ...unknown },
  version2WrongSecret: { base: "version2", mutate: (_, fixture) => puttingV2(fixture, impostor), ...mismatch },
  version2Malformed: { base: "version2", mutate: inHeader("authorization", /:.*$/, ""), ...invalidArgument },
  version2TokenDropped: { base: "version2Temporary", mutate: without("x-amz-security-token"), ...unknown },
  version2TwoMechanisms: { base: "version2Link", mutate: withHeader("authorization", "AWS a:b"), ...invalidArgument },
  version2LinkExpired: {
    base: "version2Link",
    mutate: clock(2 * minutes),
    ...denied,
    tells: "Request has expired"
  },
  version2LinkExtended: { base: "version2Link", mutate: inTarget(/Expires=\d+/, "Expires=9999999999"), ...mismatch },
  version2LinkIncomplete: { base: "version2Link", mutate: inTarget(/Expires=\d+&/, ""), ...denied },
  version2LinkTampered: { base: "version2Link", mutate: inTarget(/%20b/, "%20c"), ...mismatch }
}

export const mutationCasesV2 = Object.fromEntries(
  Object.entries(cases).map(([id, mutation]) => [id, { ...mutation, options: takingV2 }])
) as Record<Id, Mutation>
