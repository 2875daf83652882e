/**
 * Signature Version 4 recomputed from the raw request.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash, createHmac } from "node:crypto"
import { decodeBytes, uriEncode } from "./percent.ts"
import { header, type RawRequest } from "./rawRequest.ts"
import type { SignatureClaim } from "./signatureClaim.ts"

const byCodePoint = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

/** Decoded and encoded again in the one canonical way, sorted by encoded name, then value. */
const canonicalQuery = (request: RawRequest): string =>
  request.rawQuery
    .map(([name, value]) => [uriEncode(decodeBytes(name), false), uriEncode(decodeBytes(value), false)] as const)
    .filter(([name]) => name !== "X-Amz-Signature")
    .sort((left, right) => byCodePoint(left[0], right[0]) || byCodePoint(left[1], right[1]))
    .map((pair) => pair.join("="))
    .join("&")

/** S3 does not normalise the path: dots and doubled slashes are signed as they are. */
export const canonicalRequest = (request: RawRequest, claim: SignatureClaim): string =>
  [
    request.method,
    uriEncode(decodeBytes(request.path), true),
    canonicalQuery(request),
    ...claim.signedHeaders.map((name) => `${name}:${(header(request, name) ?? "").replace(/ +/g, " ")}`),
    "",
    claim.signedHeaders.join(";"),
    claim.payloadHash
  ].join("\n")

const hmac = (key: Buffer | string, text: string): Buffer => createHmac("sha256", key).update(text).digest()

export const sha256Hex = (data: Uint8Array): string => createHash("sha256").update(data).digest("hex")

/** Header values arrive as latin1 text of the raw bytes, so the canonical request is hashed as latin1. */
export const stringToSign = (canonical: string, claim: SignatureClaim): string =>
  [
    "AWS4-HMAC-SHA256",
    claim.timestamp,
    `${claim.scope.date}/${claim.scope.region}/${claim.scope.service}/aws4_request`,
    sha256Hex(Buffer.from(canonical, "latin1"))
  ].join("\n")

export const signature = (text: string, claim: SignatureClaim, secretAccessKey: string): string => {
  const { date, region, service } = claim.scope
  const signingKey = [date, region, service, "aws4_request"].reduce<Buffer | string>(hmac, `AWS4${secretAccessKey}`)
  return hmac(signingKey as Buffer, text).toString("hex")
}
