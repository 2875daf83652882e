/** The one change to a valid request to a directory bucket that breaks it. */
import { listingThere, puttingThere } from "./directoryBases.ts"
import { byAccount, bySession, beginSession, inDirectory } from "./directoryFixture.ts"
import { clock, denied, minutes, unknown, without, type Mutation } from "./changes.ts"
import { base64Md5, bucket, type Fixture } from "./fixture.ts"
import type { Unsigned, WireRequest } from "./wire.ts"

const invalid = { status: 400, code: "InvalidRequest" }
const lacking = { status: 501, code: "NotImplemented" }

type Change = (unsigned: Unsigned, fixture: Fixture) => Unsigned

const again =
  (base: (fixture: Fixture) => Unsigned, change: Change) =>
  (_: WireRequest, fixture: Fixture): Promise<WireRequest> =>
    bySession(fixture.double, change(base(fixture), fixture))

const put = (headers: Readonly<Record<string, string>>) => ({
  base: "directoryPut" as const,
  mutate: again(puttingThere, (unsigned) => ({ ...unsigned, headers }))
})

const list = (query: Readonly<Record<string, string>>) => ({
  base: "directoryList" as const,
  mutate: again(listingThere, (unsigned) => ({ ...unsigned, query }))
})

const cases = {
  directoryMd5: { ...put({ "content-md5": base64Md5("hello") }), ...lacking, tells: "Content Md5" },
  directoryService: {
    base: "directoryPut",
    mutate: async (_, fixture) => {
      const { accessKey, token } = await beginSession(fixture.double)
      const headers = { "x-amz-s3session-token": token }
      return byAccount({ ...puttingThere(fixture), headers }, { accessKey, service: "s3" })
    },
    status: 400,
    code: "AuthorizationHeaderMalformed"
  },
  directoryTokenDropped: { base: "directoryPut", mutate: without("x-amz-s3session-token"), ...unknown },
  directoryTokenElsewhere: {
    base: "directoryPut",
    mutate: async (_, fixture) => {
      const { accessKey, token } = await beginSession(fixture.double)
      return byAccount(puttingThere(fixture), { accessKey: { ...accessKey, sessionToken: token } })
    },
    status: 400,
    code: "InvalidToken"
  },
  directorySessionEnded: { base: "directoryPut", mutate: clock(6 * minutes), status: 400, code: "ExpiredToken" },
  directoryAccount: { base: "directoryPut", mutate: (_, fixture) => byAccount(puttingThere(fixture)), ...denied },
  directoryOtherBucket: {
    base: "directoryPut",
    mutate: (_, fixture) => bySession(fixture.double, puttingThere(fixture), "other--usw2-az1--x-s3"),
    ...denied
  },
  directoryPathStyle: {
    base: "directoryPut",
    mutate: again(puttingThere, (unsigned, { host }) => ({
      ...unsigned,
      host,
      path: `/${bucket}--usw2-az1--x-s3/key`
    })),
    ...invalid
  },
  directoryPrefix: { ...list({ "list-type": "2", prefix: "di" }), ...invalid },
  directoryDelimiter: { ...list({ "list-type": "2", delimiter: "-" }), ...invalid },
  directoryVersionOne: { ...list({ prefix: "dir/", delimiter: "/" }), ...lacking },
  directoryAcl: { ...put({ "x-amz-acl": "private" }), ...lacking },
  directoryClass: { ...put({ "x-amz-storage-class": "STANDARD" }), status: 400, code: "InvalidStorageClass" },
  directoryVersion: {
    base: "directoryPut",
    mutate: again(puttingThere, ({ host, path }) => ({ method: "GET", host, path, query: { versionId: "one" } })),
    ...lacking
  },
  directoryUploadMarker: { ...list({ uploads: "", "key-marker": "a", "upload-id-marker": "b" }), ...lacking }
} satisfies Record<string, Mutation>

export const directoryMutations = Object.fromEntries(
  Object.entries(cases).map(([id, mutation]) => [id, { ...mutation, options: inDirectory }])
) as Record<keyof typeof cases, Mutation>
