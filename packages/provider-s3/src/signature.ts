/**
 * Signature Version 4 for S3: bytes in, headers or query out.
 *
 * Path and query are signed as they are sent: S3 neither escapes them twice nor resolves dot segments
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html).
 */
import { bytesFromText } from "@mooring/core/encoding/surrogateEscape"
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import { createHash, createHmac, createSecretKey, type KeyObject } from "node:crypto"

/** A request as it goes over the wire. */
export interface SignableRequest {
  readonly method: string
  /** Path and query, percent-encoded already. */
  readonly path: string
  /** With `host`. */
  readonly headers: Readonly<Record<string, string>>
}

/** Whose signature it is, and for when and where it is valid. */
export interface SigningContext {
  readonly accessKeyId: string
  readonly secretAccessKey: Redacted.Redacted<string>
  readonly sessionToken?: Redacted.Redacted<string>
  /** Whether the token is of a session with one bucket, and not of a temporary key. */
  readonly ofBucket?: boolean
  readonly region: string
  readonly service: "s3" | "s3express"
  /** Milliseconds since 1970. */
  readonly time: number
}

/** Names of the header and the parameter of a session token. */
const tokenNames = { header: "x-amz-security-token", parameter: "X-Amz-Security-Token" }
const bucketTokenNames = { header: "x-amz-s3session-token", parameter: "X-Amz-S3session-Token" }

/** The token of a context, under the name of its kind. */
const tokenOf = ({ sessionToken, ofBucket = false }: SigningContext, place: keyof typeof tokenNames) =>
  sessionToken === undefined
    ? {}
    : { [(ofBucket ? bucketTokenNames : tokenNames)[place]]: Redacted.value(sessionToken) }

/** What stands for the hash of a body that is not signed. */
export const unsignedPayload = "UNSIGNED-PAYLOAD"

const algorithm = "AWS4-HMAC-SHA256"

/** Headers that proxies and transports change on the way; the vendor's signers leave them out too. */
const unsigned = new Set([
  "authorization",
  "cache-control",
  "connection",
  "expect",
  "from",
  "keep-alive",
  "max-forwards",
  "pragma",
  "referer",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "user-agent",
  "x-amzn-trace-id"
])

const isSigned = (name: string): boolean => !unsigned.has(name) && !/^(proxy|sec)-/.test(name)

const unreserved = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  byte === 0x2d ||
  byte === 0x2e ||
  byte === 0x5f ||
  byte === 0x7e

/** Byte to its form in a URL: itself if RFC 3986 calls it unreserved, else a percent escape. */
const escapes = Array.from({ length: 256 }, (_, byte) =>
  unreserved(byte) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`
)

/** A text for one name or value of a query, strictly percent-encoded. Takes surrogate-escaped bytes. */
export const encodeQuery = (text: string): string => {
  let encoded = ""
  for (const byte of bytesFromText(text)) encoded += escapes[byte]
  return encoded
}

/** A key for a path: strictly percent-encoded, slashes kept. Takes surrogate-escaped bytes. */
export const encodeKey = (text: string): string => encodeQuery(text).replaceAll("%2F", "/")

const sha256Hex = (text: string): string => createHash("sha256").update(text).digest("hex")
const hmac = (key: KeyObject | string | Uint8Array, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest()

/** Signing keys by the secret they are made of; they go when the secret goes, and cannot be read from here. */
const signingKeys = new WeakMap<Redacted.Redacted<string>, Map<string, KeyObject>>()
const maxKeysOfSecret = 16

const signingKeyOf = (secret: Redacted.Redacted<string>, day: string, region: string, service: string): KeyObject => {
  const keys = signingKeys.get(secret) ?? new Map<string, KeyObject>()
  const scope = `${day}/${region}/${service}`
  const cached = keys.get(scope)
  if (cached !== undefined) return cached
  const start = hmac(`AWS4${Redacted.value(secret)}`, day)
  const key = createSecretKey(hmac(hmac(hmac(start, region), service), "aws4_request"))
  if (keys.size >= maxKeysOfSecret) keys.clear()
  signingKeys.set(secret, keys.set(scope, key))
  return key
}

/** `20130524T000000Z`. */
const timestampOf = (time: number): string => DateTime.formatIso(DateTime.makeUnsafe(time)).replace(/[-:]|\.\d+/g, "")

/** Orders pairs by name and then value. */
export const byCodeUnits = ([a, b]: readonly [string, string], [c, d]: readonly [string, string]): number =>
  a < c ? -1 : a > c ? 1 : b < d ? -1 : b > d ? 1 : 0

const splitAt = (text: string, separator: string): readonly [string, string] => {
  const start = text.indexOf(separator)
  return start === -1 ? [text, ""] : [text.slice(0, start), text.slice(start + 1)]
}

/** A path with a query as the path alone and the parameters, all encoded as they are; a value may be empty. */
export const splitPath = (
  path: string
): readonly [address: string, parameters: ReadonlyArray<readonly [name: string, value: string]>] => {
  const [address, query] = splitAt(path, "?")
  const parts = query.split("&").filter((part) => part !== "")
  return [address, parts.map((part) => splitAt(part, "="))]
}

/** The query sorted by encoded name and then value, each with an equals sign. */
const canonicalQuery = (parameters: ReadonlyArray<readonly [string, string]>): string =>
  parameters
    .toSorted(byCodeUnits)
    .map(([name, value]) => `${name}=${value}`)
    .join("&")

/** Names in lower case, values on one line with single spaces, sorted. Other white space than HTTP's stays. */
const canonicalHeaders = (headers: Readonly<Record<string, string>>): ReadonlyArray<readonly [string, string]> =>
  Object.entries(headers)
    .map(([name, value]): readonly [string, string] => [
      name.toLowerCase(),
      value.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, "")
    ])
    .filter(([name]) => isSigned(name))
    .toSorted(byCodeUnits)

const scopeOf = ({ region, service }: SigningContext, timestamp: string): string =>
  `${timestamp.slice(0, 8)}/${region}/${service}/aws4_request`

const signatureOf = (
  { method, path }: Pick<SignableRequest, "method" | "path">,
  headers: ReadonlyArray<readonly [string, string]>,
  payloadHash: string,
  context: SigningContext
): string => {
  const timestamp = timestampOf(context.time)
  const [address, parameters] = splitPath(path)
  const request = [
    method,
    address,
    canonicalQuery(parameters),
    ...headers.map(([name, value]) => `${name}:${value}`),
    "",
    headers.map(([name]) => name).join(";"),
    payloadHash
  ].join("\n")
  const text = [algorithm, timestamp, scopeOf(context, timestamp), sha256Hex(request)].join("\n")
  const key = signingKeyOf(context.secretAccessKey, timestamp.slice(0, 8), context.region, context.service)
  return hmac(key, text).toString("hex")
}

/**
 * The headers to send: those of the request but `host`, which the transport sends, and those of the signature.
 * `payloadHash` is the SHA-256 of the body in hex, or `UNSIGNED-PAYLOAD`.
 */
export const signV4 = (
  { method, path, headers, payloadHash }: SignableRequest & { readonly payloadHash: string },
  context: SigningContext
): Readonly<Record<string, string>> => {
  const timestamp = timestampOf(context.time)
  const { host, ...others } = headers
  const sent = {
    ...others,
    "x-amz-content-sha256": payloadHash,
    "x-amz-date": timestamp,
    ...tokenOf(context, "header")
  }
  const signed = canonicalHeaders(host === undefined ? sent : { ...sent, host })
  const signature = signatureOf({ method, path }, signed, payloadHash, context)
  const names = signed.map(([name]) => name).join(";")
  const credential = `${context.accessKeyId}/${scopeOf(context, timestamp)}`
  return {
    ...sent,
    authorization: `${algorithm} Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`
  }
}

/**
 * Path and query of a request that whoever has them may send, with these headers, for `expiresIn` seconds (at most a
 * week: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html). The body is not signed.
 */
export const presignV4 = (
  { method, path, headers, expiresIn }: SignableRequest & { readonly expiresIn: number },
  context: SigningContext
): string => {
  const timestamp = timestampOf(context.time)
  const signed = canonicalHeaders(headers)
  const parameters: ReadonlyArray<readonly [string, string]> = [
    ["X-Amz-Algorithm", algorithm],
    ["X-Amz-Credential", `${context.accessKeyId}/${scopeOf(context, timestamp)}`],
    ["X-Amz-Date", timestamp],
    ["X-Amz-Expires", String(expiresIn)],
    ...Object.entries(tokenOf(context, "parameter")),
    ["X-Amz-SignedHeaders", signed.map(([name]) => name).join(";")]
  ]
  const added = parameters.map(([name, value]) => `${name}=${encodeQuery(value)}`).join("&")
  const unsignedPath = `${path}${path.includes("?") ? "&" : "?"}${added}`
  return `${unsignedPath}&X-Amz-Signature=${signatureOf({ method, path: unsignedPath }, signed, unsignedPayload, context)}`
}
