/** Changes in uploads in chunks, and in signed URLs. */
import type { linkRefusals, uploadRefusals } from "../behaviours/transferRefusals.ts"
import { bases, chunk, quantum } from "./bases.ts"
import {
  badChunk,
  both,
  clock,
  failed,
  inTarget,
  invalid,
  minute,
  withBody,
  withHeader,
  withMethod,
  withoutHeader,
  type Mutation
} from "./changes.ts"
import { bucket, creator, reader, stored, stranger, type Fixture } from "./fixture.ts"
import { send, signedTarget } from "./wire.ts"

const ranged = (range: string, body: string) => both(withHeader("content-range", range), withBody(body))

/** A session begun in another way, and its only chunk. */
const begun =
  (target: string, headers: Readonly<Record<string, string>>, body: string): Mutation["mutate"] =>
  async (_, fixture) => {
    const beginning = bases.begin(fixture)
    const { double, host } = fixture
    const all = { ...beginning, target: beginning.target + target, headers: { ...beginning.headers, ...headers }, body }
    const { pathname, search } = new URL(String((await send(double.port, all)).headers["location"]))
    const range = { "content-range": "bytes 0-4/5" }
    return { method: "PUT", target: pathname + search, headers: { host, ...range }, body: "bytes" }
  }

export const uploadMutations: Record<keyof typeof uploadRefusals, Mutation> = {
  chunkSmall: { base: "chunk", mutate: ranged("bytes 0-499/700000", "c".repeat(500)), ...badChunk },
  chunkOdd: { base: "chunk", mutate: ranged(`bytes 0-${quantum}/700000`, `${chunk}c`), ...badChunk },
  chunkGap: { base: "chunk", mutate: withHeader("content-range", `bytes 9-${quantum + 8}/700000`), ...badChunk },
  rangeMalformed: { base: "chunk", mutate: withHeader("content-range", "bytes 0-"), ...badChunk },
  rangeOther: { base: "chunk", mutate: withHeader("content-range", `bytes 0-${quantum}/700000`), ...badChunk },
  sizeChanged: {
    base: "chunk",
    mutate: async (valid, { double }) => {
      await send(double.port, valid)
      const range = `bytes ${quantum}-${2 * quantum - 1}/700000`
      return { ...valid, headers: { ...valid.headers, "content-range": range } }
    },
    ...badChunk
  },
  sizeTold: { base: "chunk", mutate: begun("", { "x-upload-content-length": "6" }, "{}"), ...badChunk },
  uploadUnknown: {
    base: "chunk",
    mutate: inTarget(/upload_id=/, "upload_id=x"),
    status: 404,
    reason: "notFound"
  },
  uploadExpired: { base: "chunk", mutate: clock(8 * 24 * 60 * minute), status: 410, reason: "gone" },
  uploadCancelled: {
    base: "chunk",
    mutate: async (valid, { double }) => {
      await send(double.port, { ...valid, method: "DELETE", body: "" })
      return valid
    },
    spent: true,
    status: 499,
    reason: "clientClosedRequest"
  },
  uploadWrong: { base: "whole", mutate: withBody("other"), spent: true, ...invalid },
  uploadHashHeader: { base: "whole", mutate: withHeader("x-goog-hash", "crc32c=AAAAAA=="), spent: true, ...invalid },
  uploadOvertaken: {
    base: "media",
    mutate: async (valid, fixture) => {
      const last = await begun("&ifGenerationMatch=0", {}, "{}")(valid, fixture)
      await send(fixture.double.port, valid)
      return last
    },
    ...failed
  }
}

const flip = (digit: string) => (digit === "0" ? "1" : "0")

const code = (status: number, reason: string) => ({ status, reason })
const mismatch = { base: "signed", ...code(403, "SignatureDoesNotMatch") } as const
const badQuery = { base: "signed", ...code(400, "InvalidQueryParameterValue") } as const
const denied = code(403, "AccessDenied")

const signedBy =
  (account: typeof reader, pretended = account, method = "GET", name = stored): Mutation["mutate"] =>
  (_, { host }: Fixture) => {
    const signer = { ...pretended, privateKey: account.privateKey }
    const target = signedTarget({ method, path: `/${bucket}/${name}`, host, account: signer })
    return { method, target, headers: { host }, body: "" }
  }

export const linkMutations: Record<keyof typeof linkRefusals, Mutation> = {
  signatureFlipped: { ...mismatch, mutate: (valid) => ({ ...valid, target: valid.target.replace(/.$/, flip) }) },
  signedPath: { ...mismatch, mutate: inTarget(/stored\?/, "other?") },
  signedMethod: { ...mismatch, mutate: withMethod("DELETE") },
  signedQuery: { ...mismatch, mutate: inTarget(/text%2Fa/, "text%2Fb") },
  signedExtended: { ...mismatch, mutate: inTarget(/Expires=60/, "Expires=600") },
  signedHostOther: { ...mismatch, mutate: withHeader("host", "elsewhere:80") },
  signedHeader: {
    base: "signedPut",
    mutate: withHeader("x-goog-meta-colour", "blue"),
    ...code(403, "SignatureDoesNotMatch")
  },
  signedHeaderDropped: {
    base: "signedPut",
    mutate: withoutHeader("x-goog-meta-colour"),
    ...code(400, "MalformedSecurityHeader")
  },
  headerUnsigned: { base: "signedPut", mutate: withHeader("x-goog-meta-size", "1"), ...denied },
  signerOther: { ...mismatch, mutate: signedBy(stranger, reader) },
  signerUnknown: { ...mismatch, mutate: signedBy(stranger) },
  signerDenied: { base: "signed", mutate: signedBy(creator), ...denied },
  signedExpired: { base: "signed", mutate: clock(2 * minute), ...code(400, "ExpiredToken") },
  signedEarly: { base: "signed", mutate: clock(-16 * minute), ...denied },
  signedLong: { ...badQuery, mutate: inTarget(/Expires=60/, "Expires=604801") },
  signedIncomplete: { ...badQuery, mutate: inTarget(/X-Goog-Date=\w+&/, "") },
  signedAlgorithm: { ...badQuery, mutate: inTarget(/GOOG4-RSA/, "GOOG4-HMAC") },
  signedScope: { ...badQuery, mutate: inTarget(/%2F\d{8}%2F/, "%2F20000101%2F") },
  signedTwice: { base: "signed", mutate: withHeader("authorization", "Bearer x"), ...code(400, "InvalidArgument") },
  signedMissing: { base: "signed", mutate: signedBy(reader, reader, "GET", "none"), ...code(404, "NoSuchKey") },
  signedSum: {
    base: "signedPut",
    mutate: withHeader("content-md5", "AAAAAAAAAAAAAAAAAAAAAA=="),
    ...code(400, "InvalidArgument")
  }
}
