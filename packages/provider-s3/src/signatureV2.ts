/**
 * Signature Version 2 for S3, for servers that take no other: bytes in, headers or query out. Neither the body nor the
 * rest of the query is signed.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html
 */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import { createHmac } from "node:crypto"
import { byCodeUnits, encodeQuery, splitPath, type SignableRequest, type SigningContext } from "./signature.ts"

/** A request as it goes over the wire, and the bucket that its host names if it does. */
export interface SignableRequestV2 extends SignableRequest {
  readonly hostBucket?: string | undefined
}

/** Whose signature it is, and when; it is valid in every region. */
export type SigningContextV2 = Omit<SigningContext, "region" | "service">

/** The parameters of a query that are signed; the others are not. */
const signedParameters = new Set([
  "acl",
  "delete",
  "lifecycle",
  "location",
  "logging",
  "notification",
  "partNumber",
  "policy",
  "requestPayment",
  "response-cache-control",
  "response-content-disposition",
  "response-content-encoding",
  "response-content-language",
  "response-content-type",
  "response-expires",
  "torrent",
  "uploadId",
  "uploads",
  "versionId",
  "versioning",
  "versions",
  "website"
])

/** The path as it is sent, with the bucket before it wherever that was; values of parameters are signed decoded. */
const canonicalResource = ({ path, hostBucket }: SignableRequestV2): string => {
  const [address, parameters] = splitPath(path)
  const signed = parameters
    .filter(([name]) => signedParameters.has(name))
    .toSorted(byCodeUnits)
    .map(([name, value]) => (value === "" ? name : `${name}=${decodeURIComponent(value)}`))
  const bucket = hostBucket === undefined ? "" : `/${hostBucket}`
  return `${bucket}${address}${signed.length === 0 ? "" : `?${signed.join("&")}`}`
}

/**
 * The signature of a request with these headers, in Base64. `date` is the value of its header of that name, or the
 * second since 1970 at which a link ends.
 */
export const signatureV2 = (
  request: SignableRequestV2,
  date: string,
  secretAccessKey: Redacted.Redacted<string>
): string => {
  const headers = Object.entries(request.headers)
    .map(([name, value]): readonly [string, string] => [name.toLowerCase(), value.replace(/^[ \t]+|[ \t]+$/g, "")])
    .toSorted(byCodeUnits)
  const positional = new Map(headers)
  const text = [
    request.method,
    positional.get("content-md5") ?? "",
    positional.get("content-type") ?? "",
    date,
    ...headers.filter(([name]) => name.startsWith("x-amz-")).map(([name, value]) => `${name}:${value}`),
    canonicalResource(request)
  ].join("\n")
  return createHmac("sha1", Redacted.value(secretAccessKey)).update(text).digest("base64")
}

const tokenOf = ({ sessionToken }: SigningContextV2): Readonly<Record<string, string>> =>
  sessionToken === undefined ? {} : { "x-amz-security-token": Redacted.value(sessionToken) }

/** The headers to send: those of the request but `host`, which the transport sends, and those of the signature. */
export const signV2 = (request: SignableRequestV2, context: SigningContextV2): Readonly<Record<string, string>> => {
  const date = DateTime.toDateUtc(DateTime.makeUnsafe(context.time)).toUTCString()
  const { host: _, ...others } = request.headers
  const headers = { ...others, ...tokenOf(context), date }
  const signature = signatureV2({ ...request, headers }, date, context.secretAccessKey)
  return { ...headers, authorization: `AWS ${context.accessKeyId}:${signature}` }
}

/**
 * Path and query of a request that whoever has them may send, with these headers, for `expiresIn` seconds. A session
 * token is signed as a header and sent as a parameter, as
 * https://github.com/boto/botocore/blob/develop/botocore/auth.py (`HmacV1QueryAuth`) has it.
 */
export const presignV2 = (
  request: SignableRequestV2 & { readonly expiresIn: number },
  context: SigningContextV2
): string => {
  const expires = String(Math.floor(context.time / 1000) + request.expiresIn)
  const token = tokenOf(context)
  const headers = { ...request.headers, ...token }
  const parameters = {
    AWSAccessKeyId: context.accessKeyId,
    Expires: expires,
    ...token,
    Signature: signatureV2({ ...request, headers }, expires, context.secretAccessKey)
  }
  const added = Object.entries(parameters).map(([name, value]) => `${name}=${encodeQuery(value)}`)
  return `${request.path}${request.path.includes("?") ? "&" : "?"}${added.join("&")}`
}
