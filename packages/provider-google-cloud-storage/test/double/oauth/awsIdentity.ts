/**
 * A request to AWS that tells whose key signed it, standing for a token.
 *
 * Source: https://google.aip.dev/auth/4117, and for the signature
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import { createHash, createHmac } from "node:crypto"
import type { Federation, Identity } from "../identities.ts"
import { invalidGrant, invalidRequest } from "./OAuthRefusal.ts"

interface SignedRequest {
  readonly url: URL
  readonly method: string
  readonly headers: ReadonlyMap<string, string>
}

const parse = (token: string): SignedRequest => {
  try {
    const { url, method, headers } = JSON.parse(decodeURIComponent(token))
    const entries: ReadonlyArray<readonly [string, string]> = headers.map(
      ({ key, value }: { readonly key: string; readonly value: string }) => [key.toLowerCase(), value]
    )
    return { url: new URL(url), method, headers: new Map(entries) }
  } catch {
    throw invalidRequest("The subject token is no request to AWS.")
  }
}

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest()
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex")

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/((\d{8})\/([^/]+)\/sts\/aws4_request), SignedHeaders=([^,]+), ?Signature=([\da-f]{64})$/

const quarter = 15 * 60_000

const timeOf = (date: string): number =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"))

/** Whose key it is. The request must be for this audience, recent, and signed with a key that is known. */
export const awsIdentity = (token: string, { audience, awsKeys = {} }: Federation, now: number): Identity => {
  const { url, method, headers } = parse(token)
  const read = (name: string) => headers.get(name) ?? ""
  const asks = /^sts(\.[a-z\d-]+)?\.amazonaws\.com$/.test(url.hostname) && method === "POST" && url.pathname === "/"
  if (!asks || url.searchParams.get("Action") !== "GetCallerIdentity")
    throw invalidRequest("The request to AWS does not ask who the caller is.")
  if (read("x-goog-cloud-target-resource") !== audience)
    throw invalidRequest("The request to AWS is not for this audience.")
  const match = authorization.exec(read("authorization"))
  if (match === null) throw invalidGrant("The request to AWS is not signed.")
  const [, keyId = "", scope = "", day = "", region = "", names = "", signature] = match
  const key = awsKeys[keyId]
  if (key === undefined || key.sessionToken !== headers.get("x-amz-security-token"))
    throw invalidGrant("AWS does not know the key.")
  if (!(Math.abs(timeOf(read("x-amz-date")) - now) <= quarter)) throw invalidGrant("The request to AWS is too old.")
  const lines = names.split(";").map((name) => `${name}:${read(name)}\n`)
  const canonical = [method, url.pathname, url.search.slice(1), lines.join(""), names, sha256("")].join("\n")
  const signed = ["AWS4-HMAC-SHA256", read("x-amz-date"), scope, sha256(canonical)].join("\n")
  const derived = [day, region, "sts", "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${key.secretAccessKey}`)
  if (hmac(derived, signed).toString("hex") !== signature) throw invalidGrant("The signature for AWS does not match.")
  return key.identity
}
