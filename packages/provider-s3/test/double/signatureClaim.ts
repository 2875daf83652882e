/**
 * What a request says about its own signature, in the Authorization header or in a presigned query.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 */
import { accessDenied } from "./accessKeys.ts"
import { header, parameter, type RawRequest } from "./rawRequest.ts"
import { S3Failure } from "./S3Failure.ts"

export interface SignatureClaim {
  readonly form: "header" | "presigned"
  readonly accessKeyId: string
  readonly scope: { readonly date: string; readonly region: string; readonly service: string }
  readonly signedHeaders: ReadonlyArray<string>
  readonly signature: string
  /** `YYYYMMDDTHHMMSSZ`, and the same in epoch milliseconds. */
  readonly timestamp: string
  readonly time: number
  /** Seconds; presigned only. */
  readonly expires: number
  readonly payloadHash: string
  readonly token: string | undefined
  /** The token of a session with a directory bucket. */
  readonly bucketToken: string | undefined
}

/** The form's own code for a claim that cannot be right. */
export const malformedClaim = (
  form: SignatureClaim["form"],
  message: string,
  elements: Readonly<Record<string, string>> = {}
): S3Failure =>
  form === "header"
    ? new S3Failure(400, "AuthorizationHeaderMalformed", `The authorization header is malformed; ${message}`, {
        elements
      })
    : new S3Failure(400, "AuthorizationQueryParametersError", `Error parsing the parameters; ${message}`, { elements })

const isoBasic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/

const timeOf = (timestamp: string): number => {
  const found = isoBasic.exec(timestamp)
  return found === null
    ? Number.NaN
    : Date.parse(`${found[1]}-${found[2]}-${found[3]}T${found[4]}:${found[5]}:${found[6]}Z`)
}

const readCredential = (form: SignatureClaim["form"], credential: string) => {
  const [accessKeyId, date, region, service, terminator, ...rest] = credential.split("/")
  if (!accessKeyId || !date || !region || !service || terminator !== "aws4_request" || rest.length > 0)
    throw malformedClaim(form, 'the Credential is mal-formed; expecting "<KEY>/YYYYMMDD/REGION/SERVICE/aws4_request".')
  return { accessKeyId, scope: { date, region, service } }
}

const authorization = /^AWS4-HMAC-SHA256 Credential=([^, ]+), ?SignedHeaders=([^, ]+), ?Signature=([^, ]+)$/

/** S3 takes a Date header in place of a missing x-amz-date. */
const headerTimestamp = (request: RawRequest): string => {
  const given = header(request, "x-amz-date")
  const date = Date.parse(header(request, "date") ?? "")
  const timestamp = given ?? (Number.isNaN(date) ? "" : new Date(date).toISOString().replace(/[-:]|\.\d+/g, ""))
  if (!isoBasic.test(timestamp)) throw accessDenied("AWS authentication requires a valid Date or x-amz-date header")
  return timestamp
}

const headerClaim = (request: RawRequest, value: string): SignatureClaim => {
  if (!value.startsWith("AWS4-HMAC-SHA256"))
    throw new S3Failure(
      400,
      "InvalidRequest",
      "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256."
    )
  const found = authorization.exec(value)
  if (found === null) throw malformedClaim("header", "it needs Credential, SignedHeaders and Signature.")
  const credential = readCredential("header", found[1]!)
  const payloadHash = header(request, "x-amz-content-sha256")
  if (payloadHash === undefined)
    throw new S3Failure(400, "InvalidRequest", "Missing required header for this request: x-amz-content-sha256")
  const timestamp = headerTimestamp(request)
  return {
    form: "header",
    ...credential,
    signedHeaders: found[2]!.split(";"),
    signature: found[3]!,
    timestamp,
    time: timeOf(timestamp),
    expires: 0,
    payloadHash,
    token: header(request, "x-amz-security-token"),
    bucketToken: header(request, "x-amz-s3session-token")
  }
}

const presignedClaim = (request: RawRequest): SignatureClaim => {
  const [algorithm, credential, timestamp, expires, signedHeaders, signature] = [
    "Algorithm",
    "Credential",
    "Date",
    "Expires",
    "SignedHeaders",
    "Signature"
  ].map((name) => parameter(request, `X-Amz-${name}`))
  if (algorithm !== "AWS4-HMAC-SHA256" || !credential || !timestamp || !expires || !signedHeaders || !signature)
    throw malformedClaim("presigned", "X-Amz-Algorithm, -Credential, -Signature, -Date, -SignedHeaders and -Expires.")
  if (!isoBasic.test(timestamp)) throw malformedClaim("presigned", "X-Amz-Date must be in the ISO8601 basic format.")
  if (!/^\d+$/.test(expires) || Number(expires) > 604_800 || Number(expires) < 1)
    throw malformedClaim("presigned", "X-Amz-Expires must be between 1 second and a week.")
  return {
    form: "presigned",
    ...readCredential("presigned", credential),
    signedHeaders: signedHeaders.split(";"),
    signature,
    timestamp,
    time: timeOf(timestamp),
    expires: Number(expires),
    payloadHash:
      parameter(request, "X-Amz-Content-Sha256") ?? header(request, "x-amz-content-sha256") ?? "UNSIGNED-PAYLOAD",
    token: parameter(request, "X-Amz-Security-Token") ?? header(request, "x-amz-security-token"),
    bucketToken: parameter(request, "X-Amz-S3session-Token") ?? header(request, "x-amz-s3session-token")
  }
}

/** Undefined for an anonymous request; two mechanisms at once are refused. */
export const readClaim = (request: RawRequest): SignatureClaim | undefined => {
  const value = header(request, "authorization")
  const presigned = request.rawQuery.some(([name]) => /^X-Amz-(Signature|Algorithm|Credential)$/i.test(name))
  if (value !== undefined && presigned)
    throw new S3Failure(
      400,
      "InvalidArgument",
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified"
    )
  if (value !== undefined) return headerClaim(request, value)
  return presigned ? presignedClaim(request) : undefined
}
