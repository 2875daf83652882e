/**
 * Refuses what S3 refuses about a signature; otherwise tells whose request it is.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
import { accessDenied, type AccessKey } from "./accessKeys.ts"
import { canonicalRequest, sha256Hex, signature, stringToSign } from "./canonicalRequest.ts"
import { checkSkew, checkToken, invalidToken, keyOf, signatureMismatch, window } from "./keyChecks.ts"
import { header, type RawRequest } from "./rawRequest.ts"
import { invalidArgument, notImplemented, S3Failure } from "./S3Failure.ts"
import { malformedClaim, readClaim, type SignatureClaim } from "./signatureClaim.ts"
import { isVersion2, verifySignatureV2 } from "./verifySignatureV2.ts"

export interface Verifier {
  readonly accessKeys: ReadonlyArray<AccessKey>
  readonly region: string
  /** That is signed for. */
  readonly service: "s3" | "s3express"
  /** Epoch milliseconds. */
  readonly now: number
  /** Whether signatures of version 2 are taken, as in the older regions. */
  readonly signatureVersion2: boolean
}

const checkScope = ({ form, scope, timestamp }: SignatureClaim, { region, service }: Verifier): void => {
  if (scope.date !== timestamp.slice(0, 8))
    throw malformedClaim(form, `Invalid credential date "${scope.date}". It is not the date of "${timestamp}".`)
  if (scope.region !== region)
    throw malformedClaim(form, `the region '${scope.region}' is wrong; expecting '${region}'`, { Region: region })
  if (scope.service !== service)
    throw malformedClaim(form, `incorrect service "${scope.service}". This endpoint belongs to "${service}".`)
}

const checkTime = ({ form, time, timestamp, expires }: SignatureClaim, now: number): void => {
  if (form === "presigned") {
    if (time - now > window) throw accessDenied("Request is not yet valid")
    if (now > time + expires * 1000)
      throw accessDenied("Request has expired", {
        "X-Amz-Expires": String(expires),
        ServerTime: new Date(now).toISOString()
      })
  } else checkSkew(time, timestamp, now)
}

/** `host` and every x-amz-* that is present; the list itself is lower-case and sorted. */
const checkSignedHeaders = (request: RawRequest, { form, signedHeaders }: SignatureClaim): void => {
  if (
    signedHeaders.join(";") !==
    signedHeaders
      .map((name) => name.toLowerCase())
      .sort()
      .join(";")
  )
    throw malformedClaim(form, "SignedHeaders is not a sorted list of lower-case names.")
  const present = request.headers.map(([name]) => name).filter((name) => name.startsWith("x-amz-"))
  const unsigned = [...new Set(["host", ...present])].filter((name) => !signedHeaders.includes(name))
  if (unsigned.length > 0)
    throw accessDenied("There were headers present in the request which were not signed", {
      HeadersNotSigned: unsigned.join(", ")
    })
}

const checkPayload = (request: RawRequest, { payloadHash }: SignatureClaim): void => {
  if (payloadHash === "UNSIGNED-PAYLOAD") return
  if (payloadHash.startsWith("STREAMING-")) throw notImplemented({ Header: "x-amz-content-sha256" })
  if (!/^[\da-f]{64}$/.test(payloadHash))
    throw invalidArgument(
      "x-amz-content-sha256",
      payloadHash,
      "x-amz-content-sha256 must be UNSIGNED-PAYLOAD or a valid sha256 value."
    )
  const computed = sha256Hex(request.body)
  if (computed !== payloadHash)
    throw new S3Failure(
      400,
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      { elements: { ClientComputedContentSHA256: payloadHash, S3ComputedContentSHA256: computed } }
    )
}

/** The key that signed; undefined for an anonymous request. Throws S3Failure for every flaw. */
export const verifySignature = (request: RawRequest, verifier: Verifier): AccessKey | undefined => {
  if (verifier.signatureVersion2 && isVersion2(request)) return verifySignatureV2(request, verifier)
  const claim = readClaim(request)
  if (claim === undefined) return undefined
  checkScope(claim, verifier)
  const key = keyOf(verifier.accessKeys, claim.accessKeyId)
  const [token, stray] = key.ofBucket === true ? [claim.bucketToken, claim.token] : [claim.token, claim.bucketToken]
  checkToken(key, token ?? stray, verifier.now)
  if (stray !== undefined) throw invalidToken()
  checkTime(claim, verifier.now)
  checkSignedHeaders(request, claim)
  const canonical = canonicalRequest(request, claim)
  const text = stringToSign(canonical, claim)
  if (signature(text, claim, key.secretAccessKey) !== claim.signature)
    throw signatureMismatch({
      AWSAccessKeyId: key.accessKeyId,
      StringToSign: text,
      SignatureProvided: claim.signature,
      CanonicalRequest: canonical
    })
  checkPayload(request, claim)
  return key
}

/** Whether a body's length was declared; S3 reads no upload without it. */
export const checkLength = (request: RawRequest): void => {
  if (header(request, "transfer-encoding") !== undefined) throw notImplemented({ Header: "Transfer-Encoding" })
  if (header(request, "content-length") === undefined)
    throw new S3Failure(411, "MissingContentLength", "You must provide the Content-Length HTTP header.")
}
