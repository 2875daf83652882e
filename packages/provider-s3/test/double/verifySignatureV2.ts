/**
 * Refuses what S3 refuses about a signature of version 2; otherwise tells whose request it is.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html
 */
import { createHmac } from "node:crypto"
import { accessDenied, type AccessKey } from "./accessKeys.ts"
import { checkSkew, checkToken, keyOf, signatureMismatch } from "./keyChecks.ts"
import { decodeText } from "./percent.ts"
import { header, parameter, type RawRequest } from "./rawRequest.ts"
import { invalidArgument } from "./S3Failure.ts"
import { hostBucketOf } from "./target.ts"

interface ClaimV2 {
  readonly form: "header" | "link"
  readonly accessKeyId: string
  readonly signature: string
  /** As it is signed: the text of the Date header, empty beside `x-amz-date`, or the seconds of `Expires`. */
  readonly date: string
  readonly token: string | undefined
}

const signedParameters =
  /^(acl|delete|lifecycle|location|logging|notification|partNumber|policy|requestPayment|torrent|uploadId|uploads|versionId|versioning|versions|website|response-(content-(type|language|disposition|encoding)|expires|cache-control))$/

/** rclone writes UTC for GMT, and the page an offset. */
const httpDate = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} (GMT|UTC|[+-]\d{4})$/

const headerClaim = (request: RawRequest, value: string, now: number): ClaimV2 => {
  const [, accessKeyId, signature] = /^AWS (\S+):([^:\s]+)$/.exec(value) ?? []
  if (accessKeyId === undefined || signature === undefined)
    throw invalidArgument(
      "Authorization",
      value,
      "AWS authorization header is invalid. Expected AwsAccessKeyId:signature"
    )
  const date = header(request, "date") ?? ""
  const amzDate = header(request, "x-amz-date")
  const written = amzDate ?? date
  if (!httpDate.test(written) || Number.isNaN(Date.parse(written)))
    throw accessDenied("AWS authentication requires a valid Date or x-amz-date header")
  checkSkew(Date.parse(written), written, now)
  const token = header(request, "x-amz-security-token")
  return { form: "header", accessKeyId, signature, date: amzDate === undefined ? date : "", token }
}

const linkClaim = (request: RawRequest, now: number): ClaimV2 => {
  const [accessKeyId, expires, signature] = ["AWSAccessKeyId", "Expires", "Signature"].map((name) =>
    parameter(request, name)
  )
  if (!accessKeyId || !signature || !expires || !/^\d+$/.test(expires))
    throw accessDenied("Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters")
  if (now > Number(expires) * 1000)
    throw accessDenied("Request has expired", { Expires: expires, ServerTime: new Date(now).toISOString() })
  const token = parameter(request, "x-amz-security-token")
  return { form: "link", accessKeyId, signature, date: expires, token }
}

/** Whether a request is signed with version 2 in one of its forms. */
export const isVersion2 = (request: RawRequest): boolean =>
  /^AWS( |$)/.test(header(request, "authorization") ?? "") ||
  request.rawQuery.some(([name]) => /^(AWSAccessKeyId|Signature)$/.test(name))

const byName = ([left]: readonly [string, string], [right]: readonly [string, string]): number =>
  left < right ? -1 : 1

const amzHeaders = (request: RawRequest, { form, token }: ClaimV2): ReadonlyArray<string> => {
  const names = new Set(request.headers.map(([name]) => name).filter((name) => name.startsWith("x-amz-")))
  const values = new Map([...names].map((name) => [name, header(request, name) ?? ""]))
  if (form === "link") {
    values.delete("x-amz-date")
    if (token !== undefined) values.set("x-amz-security-token", token)
  }
  return [...values].sort(byName).map(([name, value]) => `${name}:${value}`)
}

const resourceOf = (request: RawRequest): string => {
  const hostBucket = hostBucketOf(request)
  const signed = request.rawQuery
    .filter(([name]) => signedParameters.test(name))
    .sort(byName)
    .map(([name, value]) => (value === "" ? name : `${name}=${decodeText(value)}`))
  const path = `${hostBucket === undefined ? "" : `/${hostBucket}`}${request.path}`
  return signed.length === 0 ? path : `${path}?${signed.join("&")}`
}

/** The key that signed a request with version 2. Throws S3Failure for every flaw. */
export const verifySignatureV2 = (
  request: RawRequest,
  { accessKeys, now }: { readonly accessKeys: ReadonlyArray<AccessKey>; readonly now: number }
): AccessKey => {
  const value = header(request, "authorization")
  const linked = request.rawQuery.some(([name]) => /^(AWSAccessKeyId|Signature)$/.test(name))
  if (value !== undefined && linked)
    throw invalidArgument("Authorization", value, "Only one auth mechanism allowed; the header or the query string")
  const claim = value === undefined ? linkClaim(request, now) : headerClaim(request, value, now)
  const key = keyOf(accessKeys, claim.accessKeyId)
  checkToken(key, claim.token, now)
  const positional = ["content-md5", "content-type"].map((name) => header(request, name) ?? "")
  const text = [request.method, ...positional, claim.date, ...amzHeaders(request, claim), resourceOf(request)].join(
    "\n"
  )
  // Header values arrive as latin1 text of the raw bytes.
  const computed = createHmac("sha1", key.secretAccessKey).update(text, "latin1").digest("base64")
  if (computed !== claim.signature)
    throw signatureMismatch({
      AWSAccessKeyId: key.accessKeyId,
      StringToSign: text,
      SignatureProvided: claim.signature
    })
  return key
}
